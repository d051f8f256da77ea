import { createHash } from 'node:crypto'
import { bearer } from '../apis/client'
import { expect, test } from '../fixtures/test'
import { editorOf, expectAccepted, paste, save } from './editor'
import { issuer, publicKey, spki, token } from './job-token'

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
