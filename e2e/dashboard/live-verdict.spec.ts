import { generateKeyPairSync } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures/test'
import { editorOf, expectAccepted, expectRefused, fillKey, openEditor, paste, save } from './editor'
import { claims, issuer, privateKey, publicKey, spki, token } from './job-token'

/** Name and value of each bound claim in the form, in its order. */
const claimRows = (page: Page) =>
  editorOf(page)
    .claims.getByRole('textbox')
    .evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).value))

test('the verdict follows the form at every keystroke, before anything is saved', async ({
  dashboard: page,
  installation,
}) => {
  const editor = await openEditor(page, await installation.identity('keystrokes'))
  await editor.keys('Static keys').click()
  await editor.pem.fill(spki(publicKey))
  await paste(editor.token, await token())
  await expectAccepted(page)

  await editor.issuer.pressSequentially(issuer.slice(0, -1))
  await expectRefused(page, 'iss')
  await expect(editor.check('iss')).toContainText('expected')
  await editor.issuer.press('End')
  await editor.issuer.press(issuer.slice(-1))
  await expectAccepted(page)
  await editor.issuer.press('/')
  await expectRefused(page, 'iss')
  await editor.issuer.press('Backspace')
  await expectAccepted(page)

  await editor.subject.fill('repo:acme/*:ref:refs/heads/mai')
  await expectRefused(page, 'sub')
  await editor.subject.press('n')
  await expectAccepted(page)

  await editor.claims.getByRole('button', { name: 'Add claim' }).click()
  await editor.claims.getByLabel('Claim 1').fill('repository.owner')
  await editor.claims.getByLabel('Value of repository.owner').fill('acm')
  await expectRefused(page, 'claim:repository.owner')
  await editor.claims.getByLabel('Value of repository.owner').press('e')
  await expectAccepted(page)

  // The token may be edited too, and is judged as it stands.
  await editor.token.press('End')
  await editor.token.press('ControlOrMeta+End')
  await editor.token.press('Backspace')
  await expect(editor.verdict).toContainText('Refused')
  await expect(page.getByText('unsaved')).toBeVisible()
  const trust = await installation.api.get(
    `/api/admin/identities/${new URL(page.url()).pathname.split('/')[2]}/trusts/jwt`,
  )
  expect(trust.status).toBe(404)
})

test('one click binds issuer, audience, subject and nested claims to what the token says', async ({
  dashboard: page,
  installation,
}) => {
  const identityId = await installation.identity('binder')
  const editor = await openEditor(page, identityId)
  await editor.keys('Static keys').click()
  await editor.pem.fill(spki(publicKey))
  await paste(editor.token, await token())
  await expectAccepted(page)

  const bind = (claim: string) => editor.claimsTable.getByRole('button', { name: `Bind ${claim}`, exact: true })
  await bind('iss').click()
  await expect(editor.issuer).toHaveValue(issuer)
  await bind('aud').first().click()
  await expect(editor.audienceChips).toHaveText(['keybound'])
  await bind('sub').click()
  await expect(editor.subject).toHaveValue(claims.sub)
  await bind('repository.owner').click()
  await bind('repository.id').click()
  await expect.poll(() => claimRows(page)).toEqual(['repository.owner', 'acme', 'repository.id', '42'])
  await expectAccepted(page)

  await editor.issuer.fill('https://other.example')
  await expectRefused(page, 'iss')
  await editor.check('iss').getByRole('button', { name: 'Replace' }).click()
  await editor.check('iss').getByRole('button', { name: 'Replace' }).last().click()
  await expect(editor.issuer).toHaveValue(issuer)
  await expectAccepted(page)

  await save(page)
  const trust = await installation.api.get(`/api/admin/identities/${identityId}/trusts/jwt`)
  expect(trust.body).toMatchObject({
    issuer,
    rules: [
      { path: 'aud', matcher: { values: ['keybound'] } },
      { path: 'sub', matcher: { values: [claims.sub] } },
      { path: 'repository.owner', matcher: { values: ['acme'] } },
      { path: 'repository.id', matcher: { values: ['42'] } },
    ],
  })
  const login = { identityId, jwt: await token() }
  expect((await installation.anonymous.post('/api/v1/auth/jwt-auth/login', login)).status).toBe(200)

  // A second save says what it changes, and nothing else.
  await editor.subject.fill('repo:acme/*')
  await editor.review.click()
  const changes = page.getByRole('dialog', { name: 'Review changes' })
  await expect(changes.getByRole('term')).toHaveText(['Subject Wider'])
  await expect(changes.getByRole('deletion')).toContainText(claims.sub)
  await expect(changes.getByRole('insertion')).toContainText('repo:acme/*')
  await changes.getByRole('button', { name: 'Keep editing' }).click()
  await expect(changes).toBeHidden()
})

test('keys that must not be trusted are refused as they are pasted', async ({ dashboard: page, installation }) => {
  const sent: string[] = []
  page.on('request', (request) => sent.push(request.postData() ?? ''))
  const editor = await openEditor(page, await installation.identity('bad keys'))
  await editor.keys('Static keys').click()

  // A private key is wiped before it is anywhere, even from the browser's undo.
  const secret = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const body = secret.split('\n')[3] ?? ''
  await paste(editor.pem, secret)
  const alarm = page.getByRole('alert').filter({ hasText: 'That was a private key' })
  await expect(alarm).toContainText('It was wiped from the page and not sent')
  await expect(editor.pem).toHaveValue('')
  await editor.pem.press('ControlOrMeta+Z')
  await expect(editor.pem).toHaveValue('')
  expect(await page.content()).not.toContain(body)
  await alarm.getByRole('button', { name: 'Understood' }).click()
  await expect(alarm).toBeHidden()
  // From a file as well.
  await page.locator('input[type=file][multiple]').setInputFiles({
    name: 'key.pem',
    mimeType: 'application/x-pem-file',
    buffer: Buffer.from(secret),
  })
  await expect(alarm).toBeVisible()
  await expect(editor.pem).toHaveValue('')

  const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey
  await paste(editor.pem, spki(small))
  await expect(editor.pem).toHaveAttribute('aria-invalid', 'true')
  await expect(editor.pem).toHaveAccessibleDescription(/1024 bits is too short; it needs at least 2048/)
  await editor.issuer.fill(issuer)
  await editor.review.click()
  await expect(page.getByRole('alert').filter({ hasText: 'One field needs another value' })).toBeVisible()
  await expect(page.getByRole('dialog')).toBeHidden()

  await editor.pem.fill('hunter2: our shared secret')
  await expect(editor.pem).toHaveAttribute('aria-invalid', 'true')

  // A key in a file takes its place.
  await editor.pem.fill('')
  await page.locator('input[type=file][multiple]').setInputFiles({
    name: 'key.pub.pem',
    mimeType: 'application/x-pem-file',
    buffer: Buffer.from(publicKey.export({ type: 'pkcs1', format: 'pem' }).toString()),
  })
  await expect(page.getByText('RSA 2048', { exact: true })).toBeVisible()
  expect(sent.join()).not.toContain(body)
})

test('bound claims refuse a duplicate and take a pasted JSON object', async ({ dashboard: page, installation }) => {
  const identityId = await installation.identity('claim rows')
  const editor = await openEditor(page, identityId)
  await editor.keys('Static keys').click()
  await fillKey(page, spki(publicKey), 'RSA 2048')
  const add = editor.claims.getByRole('button', { name: 'Add claim' })
  await add.click()
  await paste(editor.claims.getByLabel('Claim 1'), '{"environment": "production", "repository.owner": "acme"}')
  await expect.poll(() => claimRows(page)).toEqual(['environment', 'production', 'repository.owner', 'acme'])

  await add.click()
  const third = editor.claims.getByLabel('Claim 3')
  await third.fill('environment')
  await expect(third).toHaveAttribute('aria-invalid', 'true')
  await expect(third).toHaveAccessibleDescription(
    '"environment" is in the list already. Change or remove one of the two.',
  )
  await editor.claims.getByLabel('Value of environment').last().fill('staging')
  await editor.review.click()
  await expect(page.getByRole('alert').filter({ hasText: 'Bound claims' })).toBeVisible()
  await expect(page.getByRole('dialog')).toBeHidden()

  await editor.claims.getByRole('button', { name: 'Remove environment' }).last().click()
  await save(page)
  const trust = await installation.api.get(`/api/admin/identities/${identityId}/trusts/jwt`)
  expect(trust.body.rules.map(({ path }: { path: string }) => path)).toEqual(['environment', 'repository.owner'])
})
