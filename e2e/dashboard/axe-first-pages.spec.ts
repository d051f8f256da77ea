import { expect, test } from '../fixtures/test'
import { expectNoFindings, expectNoFindingsOn } from './accessibility'

test('the pages before signing in have no findings', async ({ page }) => {
  test.slow()
  await page.goto('/setup')
  await expect(page.getByRole('button', { name: 'Create admin and sign in' })).toBeVisible()
  await expectNoFindings(page, 'setup')
  await page.getByRole('button', { name: 'Create admin and sign in' }).click()
  await expect(page.getByLabel('Organization')).toHaveAttribute('aria-invalid', 'true')
  await expectNoFindings(page, 'setup with errors')

  const person = { email: 'ada@example.com', password: 'correct horse battery staple', organization: 'Acme' }
  const made = await page.request.post('/api/admin/setup', { data: person })
  expect(made.status()).toBe(201)

  // An installation with nothing in it yet.
  await expectNoFindingsOn(
    page,
    ['/', '/identities', '/issuers', '/providers', '/activity', '/tester', '/key-sources'],
    'empty',
  )

  await page.context().clearCookies()
  await page.goto('/sign-in')
  await page.getByLabel('Email address').fill('no-account@example.com')
  await page.getByLabel('Password', { exact: true }).fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByText('Email address or password is wrong')).toBeVisible()
  await expectNoFindings(page, 'sign-in with a refusal')
})
