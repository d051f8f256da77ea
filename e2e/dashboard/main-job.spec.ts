import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import type { Page } from '@playwright/test'
import { SignJWT } from 'jose'
import { bearer } from '../apis/client'
import { expect, test } from '../fixtures/test'
import { editorOf, expectAccepted, expectRefused, fillKey, openEditor, paste, save } from './editor'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const issuer = 'https://issuer.example'
const claims = {
  sub: 'repo:acme/app:ref:refs/heads/main',
  environment: 'production',
  repository: { owner: 'acme', id: 42 },
}

const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString()

/** A token of now, made by another library than the product's signing code, which makes none. */
const token = (more: Record<string, unknown> = {}) =>
  new SignJWT({ ...claims, ...more })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(['keybound', 'other-service'])
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(privateKey)

/** The rows of the bound claims as they stand in the form. */
const claimRows = (page: Page) =>
  editorOf(page)
    .claims.getByRole('textbox')
    .evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).value))

test('an identity is set up in the browser, and a machine logs in with a token signed elsewhere', async ({
  dashboard: page,
  installation: { anonymous, api },
}) => {
  test.slow()

  // An identity.
  await page.goto('/identities')
  await page.getByRole('button', { name: 'Create identity' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Create identity' })
  await dialog.getByLabel('Name', { exact: true }).fill('deployer')
  await dialog.getByRole('button', { name: 'Create identity' }).click()
  await expect(page.getByRole('heading', { name: 'deployer', level: 1 })).toBeVisible()
  const identityId = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  await page.getByRole('link', { name: 'Set up JWT Auth' }).click()

  // Its key.
  const editor = editorOf(page)
  await editor.keys('Static keys').click()
  await paste(editor.pem, spki(publicKey))
  const fingerprint = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
  await expect(page.getByText('RSA 2048', { exact: true })).toBeVisible()
  // What `openssl pkey -pubin -outform der | sha256sum` shows.
  await expect(page.getByRole('button', { name: `SHA256:${fingerprint}, copy` })).toBeVisible()

  // Whose tokens, and for whom.
  await editor.issuer.fill(issuer)
  await editor.audiences.fill('keybound')
  await editor.audiences.press('Enter')
  await editor.audiences.fill('https://second.example')
  await editor.audiences.press('Enter')
  await expect(editor.audienceChips).toHaveText(['keybound', 'https://second.example'])
  await editor.audiences.press('Backspace')
  await expect(editor.audienceChips).toHaveText(['keybound'])
  await editor.subject.fill('repo:acme/app:*')
  await editor.claims.getByRole('button', { name: 'Add claim' }).click()
  await editor.claims.getByLabel('Claim 1').fill('environment')
  await editor.claims.getByLabel('Value of environment').fill('production')

  // A token as people copy it.
  const jwt = await token()
  await paste(editor.token, `"Bearer ${jwt.slice(0, 64)}\r\n${jwt.slice(64, 200)}\n${jwt.slice(200)}"\n`)
  await expect(editor.token).toHaveValue(jwt)
  await expectAccepted(page)

  const review = await save(page)
  for (const words of ['Public keys', issuer, 'keybound', 'repo:acme/app:*', 'Claim environment']) {
    expect(review).toContain(words)
  }

  const login = await anonymous.post('/api/v1/auth/jwt-auth/login', { identityId, jwt })
  expect(login.status, login.text).toBe(200)
  const { accessToken } = login.body
  const details = () => anonymous.get('/api/v1/identities/details', { headers: bearer(accessToken) })
  expect((await details()).status).toBe(200)
  const renewed = await anonymous.post('/api/v1/auth/token/renew', { accessToken })
  expect(renewed.status, renewed.text).toBe(200)
  const revoked = await anonymous.post('/api/v1/auth/token/revoke', { accessToken: renewed.body.accessToken })
  expect(revoked.status).toBe(200)
  expect((await details()).status).toBe(401)
  const refused = await anonymous.post('/api/v1/auth/jwt-auth/login', {
    identityId,
    jwt: await token({ environment: 'staging' }),
  })
  expect(refused.status, refused.text).toBe(403)
  const { reqId } = refused.body

  // What the dashboard shows of it.
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Activity' }).click()
  const decisions = page.getByRole('table', { name: 'Login decisions' })
  await expect(decisions.getByRole('link', { name: 'Accepted login of deployer' })).toBeVisible()
  await expect(decisions.getByRole('link', { name: 'Refused login of deployer' })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search decisions' }).fill(reqId)
  await expect(decisions.getByRole('row')).toHaveCount(2)
  await decisions.getByRole('link', { name: 'Refused login of deployer' }).click()
  await expect(page).toHaveURL(`/activity/${reqId}`)
  await expect(page.getByRole('heading', { name: 'Login of deployer', level: 1 })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Answer' })).toContainText('staging')
  await expect(page.getByRole('list', { name: 'Checks that failed or warn' })).toContainText('claim:environment')
  await page.getByText(/^\d+ passed/).click()
  await expect(page.getByRole('list', { name: 'Checks that passed' })).toContainText('signature')

  // The token itself is kept nowhere.
  const decision = await api.get(`/api/admin/decisions/${reqId}`)
  expect(decision.body).toMatchObject({ accepted: false, checkId: 'claim:environment' })
  expect(decision.text).not.toContain(jwt.split('.')[2])
})

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
