import { exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { expect, test } from '../fixtures/test'
import { type JwksServer, startJwksServer } from '../peers/jwks-server'
import { type OpenIdProvider, startOpenIdProvider } from '../peers/openid-provider'
import { createAuthority } from '../peers/tls-authority'
import { expectAccepted, expectRefused, openEditor, paste, save } from './editor'

const oldAuthority = createAuthority('Old CA')
const newAuthority = createAuthority('New CA')

let oldIssuer: JwksServer
let newIssuer: OpenIdProvider
test.beforeEach(async () => {
  oldIssuer = await startJwksServer({ tls: oldAuthority.issue() })
  newIssuer = await startOpenIdProvider(newAuthority)
})
test.afterEach(() => Promise.all([oldIssuer.stop(), newIssuer.stop()]))

test('a trust takes keys from a JWKS URL, a provider and a file at once, each host by its own CA', async ({
  dashboard: page,
  installation,
}) => {
  const key = oldIssuer.rotate({ alg: 'ES256', kid: 'old' })
  const byHand = await generateKeyPair('EdDSA')
  const sign = (alg: string, kid: string, privateKey: Parameters<SignJWT['sign']>[0]) =>
    new SignJWT({})
      .setProtectedHeader({ alg, kid })
      .setSubject('mover')
      .setIssuedAt()
      .setExpirationTime('10m')
      .sign(privateKey)
  const tokens = [
    await sign('ES256', 'old', key.privateKey),
    await newIssuer.token(),
    await sign('EdDSA', 'by-hand', byHand.privateKey),
  ]
  const stranger = await sign('EdDSA', 'stranger', (await generateKeyPair('EdDSA')).privateKey)

  const identityId = await installation.identity('mover')
  const editor = await openEditor(page, identityId)
  const source = (number: number) => page.getByRole('group', { name: `Key source ${number}` })
  const add = async (kind: string) => {
    await page.getByRole('button', { name: 'Add another source' }).click()
    await page.getByRole('menuitem', { name: kind, exact: true }).click()
  }

  await page.getByLabel('JWKS URL', { exact: true }).and(page.getByRole('textbox')).fill(oldIssuer.jwksUrl)
  await add('OIDC discovery')
  await expect(source(1).getByLabel('JWKS URL', { exact: true }).and(page.getByRole('textbox'))).toHaveValue(
    oldIssuer.jwksUrl,
  )
  await source(2).getByLabel('Discovery URL').fill(newIssuer.origin)
  await add('Static keys')
  await source(3)
    .getByRole('textbox', { name: /^Public key/ })
    .fill(await exportSPKI(byHand.publicKey))
  for (const [number, authority] of [oldAuthority, newAuthority].entries()) {
    await source(number + 1)
      .locator('summary')
      .filter({ hasText: 'CA certificate' })
      .click()
    await source(number + 1)
      .getByLabel('Certificates in PEM')
      .fill(authority.cert)
  }
  await source(1).getByRole('button', { name: 'Fetch keys now' }).click()
  await source(2).getByRole('button', { name: 'Discover now' }).click()
  await expect(source(1).getByRole('cell', { name: 'old', exact: true })).toBeVisible()
  await expect(source(2).getByRole('cell', { name: newIssuer.kid(), exact: true })).toBeVisible()

  // Live, before anything is saved: a token of each, and none of a stranger's.
  for (const token of tokens) {
    await paste(editor.token, token)
    await expectAccepted(page)
    await editor.forget.click()
  }
  await paste(editor.token, stranger)
  await expectRefused(page, 'signature')
  await editor.forget.click()

  const words = await save(page)
  expect(words).toContain(oldIssuer.jwksUrl)
  expect(words).toContain(newIssuer.origin)
  const login = async (jwt: string) =>
    (await installation.anonymous.post('/api/v1/auth/jwt-auth/login', { identityId, jwt })).status
  expect(await Promise.all(tokens.map(login))).toEqual([200, 200, 200])
  expect(await login(stranger)).toBe(401)

  // Infisical's API has no words for it, and says so rather than showing half of it.
  const there = `/api/v1/auth/jwt-auth/identities/${identityId}`
  expect((await installation.api.get(there)).status).toBe(404)
  expect((await installation.api.delete(there)).status).toBe(404)
  expect(await login(tokens[0] ?? '')).toBe(200)

  // It comes back as it was saved, and loses a source when one is removed.
  await page.reload()
  await expect(source(2).getByLabel('Discovery URL')).toHaveValue(newIssuer.origin)
  await page.getByRole('button', { name: 'Remove key source 1' }).click()
  await expect(source(1).getByLabel('Discovery URL')).toHaveValue(newIssuer.origin)
  await save(page)
  expect(await Promise.all(tokens.map(login))).toEqual([401, 200, 200])
})
