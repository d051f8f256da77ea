import { expect, test } from '../fixtures/test'
import { startIssuer } from './discovery-issuer'
import { applyReview, editorOf, expectAccepted, paste } from './editor'

let issuer: Awaited<ReturnType<typeof startIssuer>>
test.beforeEach(async () => {
  issuer = await startIssuer()
})
test.afterEach(() => issuer.stop())

test('an issuer is set up from a token: its keys are found by its discovery document, and its tokens are accepted', async ({
  dashboard: page,
}) => {
  test.slow()
  await page.goto('/issuers')
  await page.getByRole('link', { name: 'Add issuer' }).first().click()
  await expect(page.getByRole('heading', { name: 'Whose tokens?' })).toBeVisible()
  await paste(page.getByRole('textbox', { name: 'Sample token' }), issuer.token())
  await expect(page.getByLabel('JWKS URL', { exact: true })).toHaveValue(`${issuer.iss}/jwks`)
  await expect(page.getByRole('radio', { name: /^All that it gives tokens to/ })).not.toBeChecked()
  await page.getByLabel('Project').fill('video')
  await expectAccepted(page)

  await page.getByRole('button', { name: 'All fields' }).click()
  await expect(editorOf(page).issuer).toHaveValue(issuer.iss)
  await page.locator('summary').filter({ hasText: 'More rules' }).click()
  await expect(editorOf(page).subject).toHaveValue('build-agent')
  await applyReview(page)

  await expect(page).toHaveURL(/\/issuers\/[0-9a-f-]{36}$/)
  await page.goto('/tester')
  await paste(page.getByRole('textbox', { name: 'Token', exact: true }), issuer.token())
  await expect(page.getByRole('status', { name: 'Result' })).toContainText('1 of 1 trust accepts it')
})

test('a sign-in provider is set up with its directory: no person is named, and a subject is asked for', async ({
  dashboard: page,
  installation,
}) => {
  test.slow()
  await page.goto('/providers/set-up')
  await expect(page.getByRole('button', { name: /^Okta/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /^GitHub Actions/ })).toBeHidden()
  await paste(page.getByRole('textbox', { name: 'Sample token' }), issuer.token({ sub: 'grace' }))
  await expect(page.getByLabel('JWKS URL', { exact: true })).toHaveValue(`${issuer.iss}/jwks`)
  await page.getByLabel('Name', { exact: true }).fill('Portal')
  await page.getByLabel('JWT endpoint').fill('https://portal.example/auth/jwt')
  await expectAccepted(page)
  await editorOf(page).forget.click()
  await paste(editorOf(page).token, issuer.token({ sub: 'alan' }))
  await expectAccepted(page)
  await applyReview(page)

  await expect(page).toHaveURL(/\/providers\/[0-9a-f-]{36}$/)
  const { body } = await installation.api.get('/api/admin/trusts?method=sign-in')
  expect(body.trusts[0]).toMatchObject({ name: 'Portal', issuer: issuer.iss })
  expect(body.trusts[0].rules.map(({ path }: { path: string }) => path).sort()).toEqual(['aud', 'sub'])
})

test('the questions lead to the plain editor, and the plain editor to them', async ({ dashboard: page }) => {
  for (const list of ['/issuers', '/providers']) {
    await page.goto(`${list}/set-up`)
    await page.getByRole('link', { name: 'All fields' }).click()
    await expect(page).toHaveURL(new RegExp(`${list}/new$`))
    await page.getByRole('link', { name: 'The guided set-up' }).click()
    await expect(page).toHaveURL(new RegExp(`${list}/set-up$`))
  }
})
