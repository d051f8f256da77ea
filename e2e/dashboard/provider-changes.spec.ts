import { openOnPurpose } from '../fixtures/open-on-purpose'
import { admin, expect, test } from '../fixtures/test'
import { openPage } from './go-to'
import { asStranger, fillIn, made, openNew, providerOf, rowOf, save, usePortal } from './provider-editor'

const portal = usePortal()

test('a deactivated provider is not on the sign-in page and refuses sign-ins; a removed one is gone', async ({
  dashboard: page,
  browser,
  installation,
  keybound,
}) => {
  const audience = { path: 'aud', matcher: { kind: 'equals-any', values: ['our-keybound'] } }
  const id = await made(installation, portal, 'Doorway', {}, [audience])
  portal.gateway.token = portal.token({ sub: 'doorway', aud: 'our-keybound' })
  await page.goto('/providers')
  const row = rowOf(page, 'Doorway')
  await expect(row).toContainText('active')
  await expect(row).toContainText('our-keybound')
  await expect(row).toContainText(new URL(portal.gateway.jwtEndpoint).host)

  await row.getByRole('button', { name: 'Deactivate Doorway' }).click()
  const question = page.getByRole('alertdialog', { name: 'Deactivate Doorway?' })
  await expect(question).toContainText('its button on the sign-in page')
  await question.getByRole('button', { name: 'Cancel' }).click()
  expect((await installation.api.get(`/api/admin/trusts/${id}`)).body.enabled).toBe(true)
  await row.getByRole('button', { name: 'Deactivate Doorway' }).click()
  await question.getByRole('button', { name: 'Deactivate' }).click()
  await expect(row).toContainText('inactive')
  expect((await installation.api.get(`/admin/v1/idps/${id}`)).body.idp.state).toBe('IDP_STATE_INACTIVE')

  await asStranger(browser, keybound.baseUrl, async (stranger) => {
    const providers = stranger.waitForResponse(/sign-in-providers/)
    await stranger.goto('/sign-in')
    await providers
    await expect(stranger.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
    await expect(stranger.getByRole('link', { name: 'Sign in with Doorway' })).toHaveCount(0)
    await stranger.goto(`/idps/start/${id}`)
    await expect(stranger.getByText('This provider is not active')).toBeVisible()
  })
  await openPage(page, `/providers/${id}`)
  await expect(page.getByText('Activate it first.')).toBeVisible()

  // Nothing is lost by it: activated again, without a question.
  await openPage(page, '/providers')
  await row.getByRole('button', { name: 'Activate Doorway' }).click()
  await expect(row.getByRole('button', { name: 'Deactivate Doorway' })).toBeVisible()
  await asStranger(browser, keybound.baseUrl, async (stranger) => {
    await stranger.goto('/sign-in')
    await stranger.getByRole('link', { name: 'Sign in with Doorway' }).click()
    await expect(stranger).toHaveURL(`${keybound.baseUrl}/`)
  })

  await row.getByRole('button', { name: 'Remove Doorway' }).click()
  const end = page.getByRole('alertdialog', { name: 'Remove Doorway?' })
  await expect(end.getByRole('button', { name: 'Remove provider' })).toBeDisabled()
  await end.getByRole('textbox').fill('Doorway')
  await end.getByRole('button', { name: 'Remove provider' }).click()
  // While the question is open, the table behind it has no roles.
  await expect(end).toBeHidden()
  await expect(row).toHaveCount(0)
  expect((await installation.api.get(`/admin/v1/idps/${id}`)).status).toBe(404)
})

test('a change that another admin made meanwhile is not undone from the list', async ({
  dashboard: page,
  installation,
}) => {
  const id = await made(installation, portal, 'Raced')
  await page.goto('/providers')
  const row = rowOf(page, 'Raced')
  await expect(row).toContainText('active')
  const renamed = await installation.api.put(`/admin/v1/idps/${id}`, { name: 'Raced anew', autoRegister: true })
  expect(renamed.status, renamed.text).toBe(200)
  await row.getByRole('button', { name: 'Deactivate Raced' }).click()
  const question = page.getByRole('alertdialog')
  await question.getByRole('button', { name: 'Deactivate' }).click()
  await expect(question.getByRole('alert')).toContainText('was changed since you read it')
  await question.getByRole('button', { name: 'Cancel' }).click()
  expect((await installation.api.get(`/api/admin/trusts/${id}`)).body).toMatchObject({
    name: 'Raced anew',
    enabled: true,
  })
  // The list shows what is stored.
  await expect(rowOf(page, 'Raced anew')).toBeVisible()
})

test('people get the role an admin chose; a member cannot raise it, nor change a provider that makes admins', async ({
  dashboard: page,
  browser,
  context,
  installation,
  keybound,
}) => {
  const id = await made(installation, portal, 'Auditors')
  await page.goto(`/providers/${id}`)
  const provider = providerOf(page)
  await provider.role.click()
  await page.getByRole('option', { name: /^auditor/ }).click()
  await expect(page.getByRole('note').filter({ hasText: 'auditors, who read everything' })).toBeVisible()
  await save(page)

  portal.gateway.token = portal.token({ sub: 'ellen', name: 'Ellen Auditor' })
  await asStranger(browser, keybound.baseUrl, async (stranger) => {
    await stranger.goto('/sign-in?next=%2Factivity')
    await stranger.getByRole('link', { name: 'Sign in with Auditors' }).click()
    await expect(stranger.getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible()
    await openPage(stranger, '/providers')
    await expect(rowOf(stranger, 'Auditors')).toBeVisible()
    await expect(stranger.getByRole('link', { name: 'Add provider' })).toHaveCount(0)
    await expect(rowOf(stranger, 'Auditors').getByRole('button', { name: /Auditors$/ })).toHaveCount(0)
    await openPage(stranger, `/providers/${id}`)
    await expect(providerOf(stranger).jwtEndpoint).toBeDisabled()
    await expect(providerOf(stranger).review).toHaveCount(0)
  })

  const member = { email: 'mel@example.com', password: admin.password }
  expect((await installation.api.post('/api/admin/members', { ...member, name: 'Mel', role: 'member' })).status).toBe(
    201,
  )
  await installation.signIn(context, member)
  const open = await openNew(page)
  await expect(open.role).toBeDisabled()
  await fillIn(page, portal, 'Of a member')
  await save(page)
  await expect(page).toHaveURL(/\/providers\/[0-9a-f-]{36}$/)
  const own = page.url().split('/').at(-1)
  const { body } = await installation.api.get(`/api/admin/trusts/${own}`)
  expect(body.foreign.zitadel.role).toBe('no-access')
  const { owner: _, ...signIn } = body.foreign.zitadel
  const { method, name, issuer, keys: sources, rules, lifetime } = body
  const answer = await page.request.put(`/api/admin/trusts/${own}`, {
    headers: { origin: keybound.baseUrl },
    data: {
      ...openOnPurpose,
      method,
      name,
      issuer,
      keys: sources,
      rules,
      lifetime,
      signIn: { ...signIn, role: 'member' },
    },
  })
  expect(answer.status(), await answer.text()).toBe(403)
  const ofAdmins = await made(installation, portal, 'Of admins', { role: 'admin' })
  await page.goto('/providers')
  await expect(rowOf(page, 'Of admins')).toBeVisible()
  await expect(rowOf(page, 'Of admins').getByRole('button', { name: /Of admins$/ })).toHaveCount(0)
  await openPage(page, `/providers/${ofAdmins}`)
  await expect(providerOf(page).issuer).toBeDisabled()
  await expect(providerOf(page).review).toHaveCount(0)
  const headers = { origin: keybound.baseUrl }
  const gone = await page.request.delete(`/api/admin/trusts/${ofAdmins}`, { headers })
  expect(gone.status()).toBe(403)
})
