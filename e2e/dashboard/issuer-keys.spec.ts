import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { createIssuer } from '../apis/issuer'
import { expect } from '../fixtures/test'
import { paste, save } from './editor'
import { jwkOf, made, openIssuer, read, test } from './issuer-editor'

test('keys are supplied as JWK, JWKS or PEM, by hand or as files; secrets are wiped', async ({
  dashboard: page,
  installation,
}) => {
  const [one, two, three] = [createIssuer('RS256'), createIssuer('ES256'), createIssuer('EdDSA')]
  const iss = `https://issuer.example/${randomUUID()}`
  const first = jwkOf(one, 'one')
  const id = await made(installation, JSON.stringify({ iss, project: { id: 'p' }, keys: [first] }))
  const editor = await openIssuer(page, id)
  const kid = (at: number) => page.getByLabel(`kid of key ${at}`)
  await expect(editor.suppliedKeys.first()).toContainText('RSA 2048')

  // A set, of which one is there already.
  await paste(editor.newKeys, JSON.stringify({ keys: [first, jwkOf(two, 'two')] }))
  await expect(editor.suppliedKeys).toHaveCount(2)
  await expect(editor.newKeys).toHaveAccessibleDescription(/"one" is in the list already/)
  await expect(kid(2)).toHaveValue('two')

  // A PEM, typed and added by keyboard, gets its thumbprint as its name (RFC 7638).
  await editor.newKeys.fill(three.pem)
  await editor.newKeys.press('Control+Enter')
  await expect(editor.suppliedKeys).toHaveCount(3)
  await expect(kid(3)).toHaveValue(/^[\w-]{43}$/)
  await kid(3).fill('one')
  await expect(kid(3)).toHaveAccessibleDescription(/that of key 1 already/)
  await kid(3).fill('three')
  await expect(kid(3)).not.toHaveAttribute('aria-invalid', 'true')

  // A file.
  await page.getByLabel('Choose files').setInputFiles({
    name: 'keys.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(jwkOf(createIssuer(), 'four'))),
  })
  await expect(editor.suppliedKeys).toHaveCount(4)
  await page.getByRole('button', { name: 'Remove key four' }).press('Enter')
  await expect(editor.suppliedKeys).toHaveCount(3)
  await expect(page.getByRole('button', { name: 'Remove key three' })).toBeFocused()

  // Secrets of every form, pasted and typed.
  const alarm = page.getByRole('alert')
  const pair = generateKeyPairSync('ed25519')
  const secrets = [
    JSON.stringify(pair.privateKey.export({ format: 'jwk' })),
    pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    JSON.stringify({ keys: [{ kty: 'oct', k: randomBytes(32).toString('base64url') }] }),
  ]
  for (const secret of secrets) {
    for (const put of [() => paste(editor.newKeys, secret), () => editor.newKeys.fill(secret)]) {
      await put()
      await expect(alarm.filter({ hasText: /wiped from the page/ })).toBeVisible()
      await expect(editor.newKeys).toHaveValue('')
      await alarm.getByRole('button', { name: 'Understood' }).click()
      await expect(editor.suppliedKeys).toHaveCount(3)
    }
  }
  await editor.newKeys.fill('{"kty":')
  await editor.newKeys.blur()
  await expect(editor.newKeys).toHaveValue('{"kty":')
  await expect(editor.newKeys).toHaveAccessibleDescription(/cannot be read/)
  await editor.newKeys.fill('')

  await save(page)
  const { body } = await read(installation, iss)
  const { x } = three.publicKey.export({ format: 'jwk' })
  expect(body.keys).toEqual([first, jwkOf(two, 'two'), { kty: 'OKP', crv: 'Ed25519', x, kid: 'three' }])
})

test('the keys in effect say where each comes from, what is shadowed, and that the URL fails', async ({
  dashboard: page,
  installation,
  peer,
}) => {
  peer.keys = [jwkOf(createIssuer(), 'shared'), jwkOf(createIssuer(), 'url only')]
  const iss = peer.origin
  const keys = [jwkOf(createIssuer(), 'shared'), jwkOf(createIssuer(), 'own only')]
  const id = await made(installation, JSON.stringify({ iss, project: { id: 'p' }, JWKsURL: peer.jwksUrl, keys }))
  const editor = await openIssuer(page, id)

  // What is stored is asked for at once.
  await expect(editor.keysInEffect).toHaveText([
    /^shared.*URL/,
    /^url only.*URL/,
    /^own only.*supplied/,
    /^shared.*shadowed/,
  ])

  // The URL fails: its last good keys count, and it is said.
  await peer.stop()
  await editor.fetchKeys.click()
  await expect(editor.inEffect).toContainText('The URL does not respond: its last good keys are used')
  await expect(editor.inEffect).toContainText('at most 60 minutes')
  await expect(editor.keysInEffect).toHaveCount(4)

  // A URL that never answered: only what was supplied, out of its shadow.
  await editor.url.fill(`${peer.origin}/never.json`)
  await editor.fetchKeys.click()
  await expect(editor.inEffect).toContainText('The URL gives no keys')
  await expect(editor.inEffect).toContainText('Only the supplied keys verify tokens now.')
  await expect(editor.keysInEffect).toHaveText([/^shared.*supplied/, /^own only.*supplied/])
})
