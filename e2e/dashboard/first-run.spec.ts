import { admin, expect, test } from '../fixtures/test'

test('an empty installation is set up in the browser, signed out of and signed in to again', async ({
  page,
  context,
  emptied: keybound,
}) => {
  // Every page leads to the set-up while there is no account.
  await page.goto('/identities')
  await expect(page).toHaveURL('/setup')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Set up Keybound')

  await page.getByLabel('Organization').fill(admin.organization)
  await page.getByLabel('Your name').fill('Ada Lovelace')
  await page.getByLabel('Email address').fill(admin.email)
  const password = page.getByLabel('Password', { exact: true })
  await password.fill('eleven char')
  await page.getByRole('button', { name: 'Create admin and sign in' }).click()
  await expect(password).toHaveAttribute('aria-invalid', 'true')
  await expect(password).toHaveAccessibleDescription(/At least 12 characters\. A sentence is a good password\.$/)
  // What is wrong is the help in this case: said once.
  await expect(page.getByText('At least 12 characters. A sentence is a good password.')).toHaveCount(1)
  expect(await (await page.request.get('/api/admin/setup')).json()).toEqual({ needed: true })

  await password.fill(admin.password)
  await page.getByRole('button', { name: 'Create admin and sign in' }).click()

  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()
  const steps = page.getByRole('listitem').filter({ hasText: 'Say what logs in' })
  await expect(page.getByRole('heading', { name: 'First steps' })).toBeVisible()
  await expect(page.getByText('Trust its tokens')).toBeVisible()
  await expect(page.getByText('See the first login accepted')).toBeVisible()
  await steps.getByRole('link', { name: 'Set up the first login' }).click()
  await expect(page).toHaveURL('/identities/new')
  await expect(page.getByRole('heading', { name: 'What logs in?' })).toBeVisible()
  await page.goto('/identities')
  await expect(page.getByText('No identities yet')).toBeVisible()

  // Scripts cannot read the session, other sites cannot send it.
  const cookies = (await context.cookies(keybound.baseUrl)).filter(({ name }) => name.includes('session'))
  expect(cookies.length).toBeGreaterThan(0)
  for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
  expect(await page.evaluate(() => document.cookie)).not.toContain('session')

  // The page of the first run has closed behind the first admin.
  await page.goto('/setup')
  await expect(page).toHaveURL('/')
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()

  await page.getByRole('button', { name: 'Account of Ada Lovelace' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL('/sign-in')
  expect(await (await page.request.get('/api/admin/session')).json()).toEqual({ session: null })
  await page.goto('/setup')
  await expect(page).toHaveURL('/sign-in')

  await page.getByLabel('Email address').fill(admin.email)
  await page.getByLabel('Password', { exact: true }).fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Email address or password is wrong' })).toBeVisible()
  await expect(page).toHaveURL('/sign-in')

  await page.getByLabel('Password', { exact: true }).fill(admin.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()
})

test('a visitor without a session is led to the sign-in and, once in, to the page they asked for', async ({
  page,
  installation,
}) => {
  const id = await installation.identity('wanted page')
  await page.goto(`/identities/${id}?tab=tokens`)
  await expect(page.getByRole('heading', { name: 'Sign in', level: 1 })).toBeVisible()
  await page.getByLabel('Email address').fill(admin.email)
  await page.getByLabel('Password', { exact: true }).fill(admin.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page).toHaveURL(`/identities/${id}?tab=tokens`)
  await expect(page.getByRole('tab', { name: 'Tokens', selected: true })).toBeVisible()
})
