import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { createIssuer, type Issuer, now } from '../apis/issuer'
import { expect, type Installation, test as plain } from '../fixtures/test'
import { type JwksServer, startJwksServer } from '../peers/jwks-server'
import { createAuthority } from '../peers/tls-authority'
import { editorOf, expectAccepted, expectRefused, paste, save } from './editor'

/** A server that knows an authority the world does not, so that its issuers' keys come over real TLS. */
const test = plain.extend<
  { peer: JwksServer },
  { place: { folder: string; authority: ReturnType<typeof createAuthority> } }
>({
  place: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it
    async ({}, use) => {
      const folder = await mkdtemp(path.join(tmpdir(), 'keybound-issuers-'))
      await use({ folder, authority: createAuthority('Keybound test CA') })
      await rm(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
  env: [
    async ({ place: { folder, authority } }, use) => {
      const file = path.join(folder, 'ca.pem')
      await writeFile(file, authority.cert)
      await use({ KEY_FETCH_ALLOWED_ORIGINS: '127.0.0.0/8', NODE_EXTRA_CA_CERTS: file })
    },
    { scope: 'worker' },
  ],
  peer: async ({ place: { authority } }, use) => {
    const peer = await startJwksServer({ tls: authority.issue() })
    await use(peer)
    await peer.stop()
  },
})

const uint64Max = 2n ** 64n - 1n
const jwkOf = ({ publicKey, alg }: Issuer, kid: string) => ({
  ...publicKey.export({ format: 'jwk' }),
  kid,
  alg,
  use: 'sig',
})

/** A token whose claims are JSON text, so that no number in it is rounded. */
const tokenOf = (signer: Issuer, kid: string, iss: string, members: string) =>
  signer.signRaw(
    JSON.stringify({ alg: signer.alg, kid }),
    `{"iss":${JSON.stringify(iss)},"aud":"keybound","sub":"cam-7","iat":${now()},"exp":${now() + 600},${members}}`,
  )

/** The editor of an issuer, by the names a person sees. */
const issuerEditorOf = (page: Page) => ({
  ...editorOf(page),
  project: page.getByLabel('Project', { exact: true }),
  roles: page.getByRole('textbox', { name: 'Roles' }),
  roleChips: page.getByRole('list', { name: 'Roles' }).getByRole('listitem'),
  permissions: page.getByLabel('Permissions', { exact: true }),
  grid: page.getByRole('grid', { name: 'Permissions by bit' }),
  bit: (bit: number) => page.getByRole('switch', { name: `Bit ${bit}`, exact: true }),
  bitsOn: page.getByRole('grid', { name: 'Permissions by bit' }).getByRole('switch', { checked: true }),
  otherNotation: (text: string) => page.getByRole('status').filter({ hasText: text }),
  allNote: page.getByRole('note').filter({ hasText: '0 means ALL permissions, not none' }),
  url: page.getByLabel('JWKS URL', { exact: true }),
  fetchKeys: page.getByRole('button', { name: 'Fetch keys now' }),
  newKeys: page.getByLabel('Add keys', { exact: true }),
  suppliedKeys: page.getByRole('list', { name: 'Supplied keys' }).getByRole('listitem'),
  keysInEffect: page.getByRole('table', { name: 'Keys in effect' }).locator('tbody').getByRole('row'),
  inEffect: page.getByRole('region', { name: 'Keys in effect' }),
})

async function openIssuer(page: Page, id: string) {
  await page.goto(`/issuers/${id}`)
  const editor = issuerEditorOf(page)
  await expect(editor.token).toBeEditable()
  return editor
}

/** Makes an issuer by NativeFrame's API, with the body as it is; answers its internal id. */
async function made({ api }: Installation, body: string): Promise<string> {
  const answer = await api.post('/auth/v1/issuers', undefined, {
    raw: body,
    headers: { 'content-type': 'application/json' },
  })
  expect(answer.status, answer.text).toBe(201)
  return answer.headers.get('content-location')?.split('id:')[1] ?? ''
}

const read = ({ api }: Installation, iss: string) => api.get(`/auth/v1/issuers/${encodeURIComponent(iss)}`)
const rawPrm = (text: string) => /"prm":([^,}]*)/.exec(text)?.[1]

test('an issuer is added in the browser, and its tokens buy exactly what was set', async ({
  dashboard: page,
  installation,
  peer,
}) => {
  test.slow()
  const [fetched, supplied] = [createIssuer('ES256'), createIssuer('EdDSA')]
  peer.keys = [jwkOf(fetched, 'url-1')]
  const iss = `${peer.origin}/`
  const suppliedJwk = jwkOf(supplied, 'own-1')

  await page.goto('/issuers')
  await expect(page.getByText('No issuers yet')).toBeVisible()
  await page.getByRole('link', { name: 'Add issuer' }).first().click()
  const editor = issuerEditorOf(page)
  await editor.issuer.fill(iss)
  await editor.project.fill('video')
  await expect(page.getByRole('note').filter({ hasText: 'No audience' })).toBeVisible()
  await editor.audiences.fill('keybound')
  await editor.audiences.press('Enter')
  await expect(page.getByRole('note').filter({ hasText: 'No audience' })).toBeHidden()
  await editor.roles.fill('viewer')
  await editor.roles.press('Enter')
  await editor.roles.fill('editor')
  await editor.roles.press('Enter')
  await expect(editor.roleChips).toHaveText(['viewer', 'editor'])

  // Permissions by switches, and the number says the same.
  await expect(editor.allNote).toBeVisible()
  for (const bit of [0, 2, 63]) await editor.bit(bit).click()
  await expect(editor.permissions).toHaveValue('9223372036854775813')
  await expect(editor.otherNotation('= 0x8000000000000005')).toBeVisible()
  await expect(editor.allNote).toBeHidden()

  // Keys from the URL, over TLS, and one by hand.
  await editor.url.fill(peer.jwksUrl)
  await expect(editor.inEffect).toContainText('not fetched yet')
  await editor.fetchKeys.click()
  await expect(editor.keysInEffect).toHaveCount(1)
  await expect(editor.keysInEffect.first()).toContainText('URL')
  await paste(editor.newKeys, JSON.stringify(suppliedJwk))
  await expect(editor.suppliedKeys).toHaveCount(1)
  await expect(editor.suppliedKeys.first()).toContainText('Ed25519')
  await expect(editor.newKeys).toHaveValue('')
  await expect(editor.keysInEffect.filter({ hasText: 'own-1' })).toContainText('supplied')

  // The tester beside it: what may be claimed, and what is too much, by name.
  await paste(editor.token, tokenOf(fetched, 'url-1', iss, '"roles":["viewer"],"prm":9223372036854775809'))
  await expectAccepted(page)
  await editor.forget.click()
  await paste(editor.token, tokenOf(fetched, 'url-1', iss, '"prm":4611686018427387911'))
  await expectRefused(page, 'claim:prm')
  await expect(editor.check('claim:prm')).toContainText('Bits that are not allowed: 1, 62.')
  await editor.forget.click()
  await paste(editor.token, tokenOf(supplied, 'own-1', iss, '"roles":["viewer","owner"],"prm":4'))
  await expectRefused(page, 'claim:roles')
  await expect(editor.check('claim:roles')).toContainText('"owner"')

  const review = await save(page)
  for (const words of [iss, 'video', peer.jwksUrl, 'own-1', 'viewer', '9223372036854775813']) {
    expect(review).toContain(words)
  }
  await expect(page).toHaveURL(/\/issuers\/[0-9a-f-]{36}$/)

  // NativeFrame's API says the same, to the last bit.
  const answer = await read(installation, iss)
  expect(answer.status, answer.text).toBe(200)
  expect(answer.body).toMatchObject({
    iss,
    project: { id: 'video' },
    JWKsURL: peer.jwksUrl,
    aud: ['keybound'],
    roles: ['viewer', 'editor'],
    internal: false,
    static: false,
    keys: [suppliedJwk],
  })
  expect(rawPrm(answer.text)).toBe('9223372036854775813')

  // And its tokens log in, by either key.
  const { anybody } = installation
  const members = '"roles":["viewer"],"prm":9223372036854775809'
  for (const token of [tokenOf(fetched, 'url-1', iss, members), tokenOf(supplied, 'own-1', iss, members)]) {
    const login = await anybody.post('/auth/v1/tokens', { token })
    expect(login.status, login.text).toBe(200)
    expect(login.body.roles).toEqual(['viewer'])
    expect(rawPrm(login.text)).toBe('9223372036854775809')
  }
  const excess = await anybody.post('/auth/v1/tokens', { token: tokenOf(fetched, 'url-1', iss, '"prm":2') })
  expect(excess.status, excess.text).toBe(403)

  // As it was saved, so it comes back; but for its name it may be changed.
  await page.reload()
  await expect(editor.permissions).toHaveValue('9223372036854775813')
  await expect(editor.roleChips).toHaveText(['viewer', 'editor'])
  await expect(editor.issuer).toHaveValue(iss)
  await expect(editor.issuer).not.toBeEditable()
  await expect(editor.keysInEffect).toHaveCount(2)
  await page.goto('/issuers')
  const row = page.getByRole('table', { name: 'Issuers' }).getByRole('row').filter({ hasText: iss })
  await expect(row).toContainText('URL + 1 supplied')
  await expect(row).toContainText('0x8000000000000005')
  await page.getByRole('searchbox', { name: 'Search issuers' }).fill('nobody')
  await expect(page.getByText('No issuer matches')).toBeVisible()
})

test('switches and number agree over all 64 bits, in decimal and in hex, and are stored exactly', async ({
  dashboard: page,
  installation,
}) => {
  const iss = `https://issuer.example/${randomUUID()}`
  const keys = [jwkOf(createIssuer(), 'a')]
  const id = await made(
    installation,
    `{"iss":"${iss}","project":{"id":"p"},"keys":${JSON.stringify(keys)},"prm":18446744073709551615}`,
  )
  const editor = await openIssuer(page, id)
  await expect(editor.permissions).toHaveValue(String(uint64Max))
  await expect(editor.otherNotation('= 0xffffffffffffffff')).toBeVisible()
  await expect(editor.bitsOn).toHaveCount(64)

  // One switch, one bit, at both ends.
  await editor.bit(63).click()
  await expect(editor.permissions).toHaveValue('9223372036854775807')
  await editor.bit(0).click()
  await expect(editor.permissions).toHaveValue('9223372036854775806')
  await expect(editor.bitsOn).toHaveCount(62)

  // Hex stays hex, whichever way it is changed.
  await editor.permissions.fill('0xF0')
  await expect(editor.otherNotation('= 240')).toBeVisible()
  await expect(editor.bitsOn).toHaveCount(4)
  await expect(editor.bit(4)).toBeChecked()
  await expect(editor.bit(7)).toBeChecked()
  await editor.bit(53).click()
  await expect(editor.permissions).toHaveValue('0x200000000000f0')

  // What is no mask stays as typed, says what is expected, and is not saved.
  for (const wrong of ['18446744073709551616', '0x1g', '-1', '1e3', '1.5']) {
    await editor.permissions.fill(wrong)
    await expect(editor.permissions).toHaveAttribute('aria-invalid', 'true')
    await expect(editor.permissions).toHaveValue(wrong)
    await expect(editor.permissions).toHaveAccessibleDescription(/whole number|more than 64 bits/)
    await expect(editor.bitsOn).toHaveCount(5)
  }
  await editor.review.click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await editor.bit(0).click()
  await expect(editor.permissions).not.toHaveAttribute('aria-invalid', 'true')
  await expect(editor.bitsOn).toHaveCount(6)

  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(editor.permissions).toHaveValue('')
  await expect(editor.permissions).toBeFocused()
  await expect(editor.bitsOn).toHaveCount(0)
  await expect(editor.allNote).toBeVisible()

  // Discarding brings back what is stored, in the box and on the switches.
  await page.getByRole('button', { name: 'Discard' }).click()
  await expect(editor.permissions).toHaveValue(String(uint64Max))
  await expect(editor.bitsOn).toHaveCount(64)

  await editor.permissions.fill('0x20000000000001')
  await save(page)
  expect(rawPrm((await read(installation, iss)).text)).toBe('9007199254740993')
  await page.reload()
  await expect(editor.permissions).toHaveValue('9007199254740993')
})

test('the permissions are set with the keyboard alone', async ({ dashboard: page, installation }) => {
  const iss = `https://issuer.example/${randomUUID()}`
  const keys = [jwkOf(createIssuer(), 'a')]
  const id = await made(installation, JSON.stringify({ iss, project: { id: 'p' }, keys, prm: 1 }))
  const editor = await openIssuer(page, id)
  const { keyboard } = page

  await editor.permissions.focus()
  await keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Clear', exact: true })).toBeFocused()
  await keyboard.press('Tab')
  await expect(page.locator('summary').filter({ hasText: '64 switches' })).toBeFocused()
  // All switches are one stop; the arrow keys go between them.
  await keyboard.press('Tab')
  await expect(editor.bit(0)).toBeFocused()
  const outline = await editor.bit(0).evaluate((element) => getComputedStyle(element).outlineStyle)
  expect(outline).not.toBe('none')
  await keyboard.press('Space')
  await expect(editor.bit(0)).not.toBeChecked()
  await keyboard.press('ArrowRight')
  await keyboard.press('ArrowDown')
  await expect(editor.bit(9)).toBeFocused()
  await keyboard.press('Enter')
  await expect(editor.bit(9)).toBeChecked()
  await keyboard.press('End')
  await expect(editor.bit(15)).toBeFocused()
  await keyboard.press('Control+End')
  await expect(editor.bit(63)).toBeFocused()
  await keyboard.press('ArrowRight')
  await expect(editor.bit(63)).toBeFocused()
  await keyboard.press('Space')
  await expect(editor.permissions).toHaveValue('9223372036854776320')
  await keyboard.press('Tab')
  await expect(page.locator('summary').filter({ hasText: 'More rules' })).toBeFocused()
  // Back to the switch that was used last, and to the box.
  await keyboard.press('Shift+Tab')
  await expect(editor.bit(63)).toBeFocused()
  await keyboard.press('Shift+Tab')
  await keyboard.press('Enter')
  await expect(editor.grid).toBeHidden()
  await keyboard.press('Shift+Tab')
  await keyboard.press('Enter')
  await expect(editor.permissions).toBeFocused()
  await expect(editor.permissions).toHaveValue('')
})

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
  await expect(editor.inEffect).toContainText('The URL does not answer: its last good keys count')
  await expect(editor.inEffect).toContainText('at most 60 minutes')
  await expect(editor.keysInEffect).toHaveCount(4)

  // A URL that never answered: only what was supplied, out of its shadow.
  await editor.url.fill(`${peer.origin}/never.json`)
  await editor.fetchKeys.click()
  await expect(editor.inEffect).toContainText('The URL gives no keys')
  await expect(editor.inEffect).toContainText('Only the supplied keys verify tokens now.')
  await expect(editor.keysInEffect).toHaveText([/^shared.*supplied/, /^own only.*supplied/])
})

/** Beside it, a server whose operator has written issuers into a file. */
const withFile = test.extend({
  env: [
    async ({ place: { folder } }, use) => {
      const file = path.join(folder, 'issuers.json')
      const key = { ...createIssuer().publicKey.export({ format: 'jwk' }), kid: 'edge' }
      const issuer = { iss: 'https://edge.example', project: { id: 'edge' }, roles: ['camera'], prm: 6, keys: [key] }
      await writeFile(file, JSON.stringify({ issuers: [issuer] }))
      await use({ KEYBOUND_STATIC_ISSUERS: file })
    },
    { scope: 'worker' },
  ],
})

withFile(
  'an issuer from a file is shown, with where it comes from, and cannot be changed',
  async ({ dashboard: page }) => {
    await page.goto('/issuers')
    const row = page
      .getByRole('table', { name: 'Issuers' })
      .getByRole('row')
      .filter({ hasText: 'https://edge.example' })
    await expect(row).toContainText('static')
    await row.getByRole('link').click()
    const editor = issuerEditorOf(page)
    await expect(page.getByRole('note').filter({ hasText: 'KEYBOUND_STATIC_ISSUERS' })).toBeVisible()
    await expect(editor.permissions).toHaveValue('6')
    await expect(editor.permissions).toBeDisabled()
    await expect(editor.bit(1)).toBeChecked()
    await expect(editor.bit(1)).toBeDisabled()
    await expect(editor.newKeys).toBeDisabled()
    await expect(editor.keysInEffect).toHaveText([/^edge.*supplied/])
    await expect(editor.review).toBeHidden()
    await expect(page.getByRole('button', { name: 'Remove this issuer' })).toBeHidden()
    // A token may be tried all the same.
    await expect(editor.token).toBeEditable()
  },
)
