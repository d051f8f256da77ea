import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createIssuer } from '../apis/issuer'
import { expect } from '../fixtures/test'
import { expectAccepted, expectRefused, paste, save } from './editor'
import { openPage } from './go-to'
import { issuerEditorOf, jwkOf, rawPrm, read, test, tokenOf } from './issuer-editor'

test('an issuer is added in the browser, and its tokens get exactly what was configured', async ({
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
  await page.getByRole('link', { name: 'All fields' }).click()
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
  const { anonymous } = installation
  const members = '"roles":["viewer"],"prm":9223372036854775809'
  for (const token of [tokenOf(fetched, 'url-1', iss, members), tokenOf(supplied, 'own-1', iss, members)]) {
    const login = await anonymous.post('/auth/v1/tokens', { token })
    expect(login.status, login.text).toBe(200)
    expect(login.body.roles).toEqual(['viewer'])
    expect(rawPrm(login.text)).toBe('9223372036854775809')
  }
  const excess = await anonymous.post('/auth/v1/tokens', { token: tokenOf(fetched, 'url-1', iss, '"prm":2') })
  expect(excess.status, excess.text).toBe(403)

  // As it was saved, so it comes back; but for its name it may be changed.
  await page.reload()
  await expect(editor.permissions).toHaveValue('9223372036854775813')
  await expect(editor.roleChips).toHaveText(['viewer', 'editor'])
  await expect(editor.issuer).toHaveValue(iss)
  await expect(editor.issuer).not.toBeEditable()
  await expect(editor.keysInEffect).toHaveCount(2)
  await openPage(page, '/issuers')
  const row = page.getByRole('table', { name: 'Issuers' }).getByRole('row').filter({ hasText: iss })
  await expect(row).toContainText('URL + 1 supplied')
  await expect(row).toContainText('0x8000000000000005')
  await page.getByRole('searchbox', { name: 'Search issuers' }).fill('no such issuer')
  await expect(page.getByText('No issuer matches')).toBeVisible()
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
