import { expect, test } from '../fixtures/test'
import { startGateway } from '../peers/gateway'
import { startIssuer } from './discovery-issuer'
import { applyReview, editorOf, expectAccepted, paste } from './editor'
import { openPage } from './go-to'
import { asStranger } from './provider-editor'

let issuer: Awaited<ReturnType<typeof startIssuer>>
test.beforeEach(async () => {
  issuer = await startIssuer()
})
test.afterEach(() => issuer.stop())

test('an issuer is set up from a token: its keys are found by its discovery document, and its first login is waited for', async ({
  dashboard: page,
  installation,
}) => {
  test.slow()
  await page.goto('/issuers')
  await page.getByRole('link', { name: 'Add issuer' }).first().click()
  await expect(page.getByRole('heading', { name: 'Whose tokens?' })).toBeVisible()
  await paste(page.getByRole('textbox', { name: 'Sample token' }), issuer.token())
  await expect(page.getByLabel('JWKS URL', { exact: true })).toHaveValue(`${issuer.iss}/jwks`)
  await expect(page.getByRole('radio', { name: /^Everything that it issues tokens to/ })).not.toBeChecked()
  await page.getByLabel('Project').fill('video')
  await expectAccepted(page)

  await page.getByRole('button', { name: 'All fields' }).click()
  await expect(editorOf(page).issuer).toHaveValue(issuer.iss)
  await page.locator('summary').filter({ hasText: 'More rules' }).click()
  await expect(editorOf(page).subject).toHaveValue('build-agent')
  await applyReview(page)

  await expect(page).toHaveURL(/\/issuers\/[0-9a-f-]{36}\/first-login$/)
  const arrival = page.getByRole('status', { name: 'First login' })
  await expect(arrival).toContainText('Waiting for a login')
  await expect(page.getByText('/auth/v1/tokens')).toBeVisible()
  const login = (claims: object) => installation.anonymous.post('/auth/v1/tokens', { token: issuer.token(claims) })
  expect((await login({ iss: `${issuer.iss}/` })).status).toBe(404)
  const strays = page.getByRole('list', { name: 'Tokens of an unknown issuer' })
  await expect(strays.getByRole('link', { name: `${issuer.iss}/` })).toBeVisible()
  await expect(arrival).toContainText('Waiting for a login')

  expect((await login({ sub: 'another-agent' })).status).toBe(403)
  await expect(arrival).toContainText('arrived and was refused')
  const answer = page.getByRole('region', { name: 'Answer' })
  await expect(answer).toContainText('another-agent')
  await expect(answer).toContainText('What to do')
  await expect(answer.getByRole('link', { name: 'Try these claims' })).toBeVisible()

  await page.getByRole('button', { name: 'Log in now' }).click()
  await expect(arrival).toContainText('The first login arrived and was accepted')
  await expect(page.getByRole('status', { name: 'Login from this page' })).toContainText('revoked again')
  await page.getByRole('link', { name: 'Its logins' }).click()
  await expect(page.getByRole('button', { name: /^Stop filtering by trust / })).toBeVisible()
  // With the row of names.
  await expect(page.getByRole('table', { name: 'Login decisions' }).getByRole('row')).toHaveCount(3)

  await openPage(page, '/tester')
  const box = page.getByRole('textbox', { name: 'Token', exact: true })
  const result = page.getByRole('status', { name: 'Result' })
  await paste(box, issuer.token())
  await expect(result).toContainText('1 of 1 trust accepts it')
  await paste(box, issuer.token({ iss: `${issuer.iss}/` }))
  await expect(result).toContainText('The one trust refuses it; one is for almost the same issuer.')
  await paste(box, issuer.token({ iss: 'https://gitlab.com' }))
  await expect(result).toContainText('it is not for its issuer')
  await page.getByRole('button', { name: 'Set up a login with this token' }).click()
  await expect(page.getByRole('heading', { name: 'Set up GitLab CI/CD', level: 1 })).toBeVisible()
})

test('a sign-in provider is set up with its directory: no person is named, and a subject is asked for', async ({
  dashboard: page,
  installation,
  browser,
  keybound,
}) => {
  test.slow()
  const gateway = await startGateway(`${keybound.baseUrl}/idps/jwt`)
  await page.goto('/providers/set-up')
  await expect(page.getByRole('button', { name: /^Okta/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /^GitHub Actions/ })).toBeHidden()
  await paste(page.getByRole('textbox', { name: 'Sample token' }), issuer.token({ sub: 'grace' }))
  await expect(page.getByLabel('JWKS URL', { exact: true })).toHaveValue(`${issuer.iss}/jwks`)
  await page.getByLabel('Name', { exact: true }).fill('Portal')
  await page.getByLabel('JWT endpoint').fill(gateway.jwtEndpoint)
  await page.getByLabel('Header name').fill(gateway.headerName)
  await expectAccepted(page)
  await editorOf(page).forget.click()
  await paste(editorOf(page).token, issuer.token({ sub: 'alan' }))
  await expectAccepted(page)
  await applyReview(page)

  await expect(page).toHaveURL(/\/providers\/[0-9a-f-]{36}\/first-sign-in$/)
  const { body } = await installation.api.get('/api/admin/trusts?method=sign-in')
  expect(body.trusts[0]).toMatchObject({ name: 'Portal', issuer: issuer.iss })
  expect(body.trusts[0].rules.map(({ path }: { path: string }) => path).sort()).toEqual(['aud', 'sub'])

  const arrival = page.getByRole('status', { name: 'First sign-in' })
  await expect(arrival).toContainText('Waiting for a sign-in')
  try {
    await asStranger(browser, keybound.baseUrl, async (stranger) => {
      await stranger.goto('/sign-in')
      await stranger.getByRole('link', { name: 'Sign in with Portal' }).click()
      await expect(stranger.getByText('The gateway sent no token')).toBeVisible()
      await expect(arrival).toContainText('A sign-in arrived and was refused')
      await expect(page.getByRole('region', { name: 'Answer' })).toContainText(gateway.headerName)

      gateway.token = issuer.token({ sub: 'alan' })
      await stranger.getByRole('link', { name: 'Back to sign-in' }).click()
      await stranger.getByRole('link', { name: 'Sign in with Portal' }).click()
      await expect(arrival).toContainText('The first sign-in arrived and was accepted')
    })
  } finally {
    await gateway.stop()
  }
})

test('the questions lead to the plain editor, and the plain editor to them', async ({ dashboard: page }) => {
  for (const list of ['/issuers', '/providers']) {
    await openPage(page, `${list}/set-up`)
    await page.getByRole('link', { name: 'All fields' }).click()
    await expect(page).toHaveURL(new RegExp(`${list}/new$`))
    await page.getByRole('link', { name: 'The guided set-up' }).click()
    await expect(page).toHaveURL(new RegExp(`${list}/set-up$`))
  }
})
