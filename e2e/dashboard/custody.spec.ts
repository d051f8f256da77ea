import { createPublicKey } from 'node:crypto'
import { expect, test } from '../fixtures/test'
import { openPage } from './go-to'
import { inhabited, pem, token } from './inhabited'

test('a token that is used from a second address is an incident to which the overview leads, with both logins', async ({
  dashboard: page,
  installation,
}) => {
  test.slow()
  const { api, anonymous } = installation
  const { id } = await inhabited(installation, 'copied deployer')
  const jwt = await token()
  for (const address of ['192.0.2.1', '198.51.100.7']) {
    const from = anonymous.as({ 'x-forwarded-for': address })
    expect((await from.post('/api/v1/auth/jwt-auth/login', { identityId: id, jwt })).status).toBe(200)
  }
  const listed = () => api.get(`/api/admin/incidents?identityId=${id}&reason=token_from_two_addresses`)
  await expect.poll(async () => (await listed()).body.incidents[0]?.count, { timeout: 60_000 }).toBe(2)

  await page.goto('/')
  await page.getByRole('link', { name: /High copied deployer 2 × Token from two addresses/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Token from two addresses · copied deployer')
  const summary = page.getByRole('region', { name: 'Summary' })
  await expect(summary).toContainText('2 logins from 2 addresses')
  await expect(summary).toContainText('A token was accepted from one address and then from another')
  const logins = page.getByRole('table', { name: 'Logins of this incident' })
  for (const address of ['192.0.2.1', '198.51.100.7']) {
    await expect(logins.getByRole('row').filter({ hasText: address })).toBeVisible()
    await expect(page.getByRole('link', { name: address })).toBeVisible()
  }
  await summary.getByRole('link', { name: 'First login' }).click()
  await expect(page.getByText('192.0.2.1').first()).toBeVisible()

  await openPage(page, '/incidents?reason=token_from_two_addresses')
  await expect(page.getByRole('row').filter({ hasText: 'copied deployer' })).toContainText('2 logins')
})

test('an admin plants a decoy token and marks a canary; their uses are critical incidents on the overview that say which place leaked', async ({
  dashboard: page,
  installation,
}) => {
  test.slow()
  const { anonymous } = installation
  const { id } = await inhabited(installation, 'old deployer')
  await page.goto(`/identities/${id}?tab=tokens`)
  await expect(page.getByText('A decoy token needs a canary.')).toBeVisible()
  await page.getByRole('button', { name: 'Edit' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit old deployer' })
  await edit.getByLabel('Canary').click()
  await edit.getByLabel('Where it is planted').fill('settings.json of acme/old-shop')
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Canary', { exact: true }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Make decoy token' }).click()
  const dialog = page.getByRole('dialog', { name: 'Make a decoy token' })
  await dialog.getByLabel('Name').fill('backup job')
  await dialog.getByLabel('Where it is planted').fill('Variable TOKEN of acme/shop')
  await dialog.getByRole('button', { name: 'Make decoy token' }).click()
  await expect(dialog.getByText('Copy it now')).toBeVisible()
  const decoy = (await dialog.locator('code').textContent()) ?? ''
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'backup job' })).toContainText('Variable TOKEN of acme/shop')
  const refused = await anonymous.as({ authorization: `Bearer ${decoy.trim()}` }).get('/api/admin/identities')
  expect(refused.status).toBe(401)

  const login = await anonymous.post('/api/v1/auth/jwt-auth/login', { identityId: id, jwt: await token() })
  expect(login.status).toBe(403)

  await openPage(page, `/identities/${id}/jwt-auth`)
  await expect(page.getByText('This identity is a canary: it gives access to nothing')).toBeVisible()
  await expect(page.getByText('Planted in: settings.json of acme/old-shop')).toBeVisible()
  await openPage(page, '/identities')
  await expect(page.getByRole('row').filter({ hasText: 'old deployer' })).toContainText('Canary')
  await openPage(page, '/')
  await expect(page.getByRole('link', { name: /Critical old deployer 1 × Canary used/ })).toHaveCount(2)
  await page.getByRole('link', { name: /Critical old deployer .*Variable TOKEN of acme\/shop/ }).click()
  const summary = page.getByRole('region', { name: 'Summary' })
  await expect(summary).toContainText('1 use from 1 address')
  await expect(summary).toContainText('GET /api/admin/identities')
  await expect(page.getByRole('table', { name: 'Uses of this incident' }).getByRole('row')).toHaveCount(2)
})

test('a trust that is frozen by a name with another id is marked in the list, and a member looks at it and lifts it', async ({
  dashboard: page,
  installation,
}) => {
  test.slow()
  const { api, anonymous, identity } = installation
  const id = await identity('shop deployer')
  const iss = 'https://token.actions.githubusercontent.com'
  expect(
    (await api.post(`/api/v1/auth/jwt-auth/identities/${id}`, { publicKeys: [pem], boundIssuer: iss })).status,
  ).toBe(200)
  const run = async (repositoryId: string) => {
    const jwt = await token({ repository: 'acme/shop', repository_id: repositoryId }, iss)
    return (await anonymous.post('/api/v1/auth/jwt-auth/login', { identityId: id, jwt })).status
  }
  expect([await run('1'), await run('2'), await run('1')]).toEqual([200, 403, 403])

  await page.goto('/identities')
  await expect(page.getByRole('row').filter({ hasText: 'shop deployer' })).toContainText('Frozen')
  for (const list of ['/posture', '/posture?tab=map']) {
    await openPage(page, list)
    await expect(page.getByRole('row').filter({ hasText: 'shop deployer' }).first()).toContainText('Frozen')
  }
  await openPage(page, '/identities')
  await page.getByRole('link', { name: /shop deployer/ }).click()
  await expect(page.getByText('JWT Auth is frozen')).toBeVisible()
  await expect(page.getByText('Frozen', { exact: true })).toHaveCount(2)
  await page.getByRole('button', { name: 'Look at it and lift' }).click()
  const dialog = page.getByRole('dialog', { name: 'Lift the freeze' })
  await expect(dialog).toContainText('acme/shop')
  await dialog.getByLabel('Reason').fill('The repository was made again.')
  await dialog.getByRole('button', { name: 'Lift the freeze' }).click()
  await expect(page.getByText('JWT Auth is frozen')).toBeHidden()
  expect(await run('2')).toBe(200)
})

test('a frozen issuer is marked in the list of issuers and in its editor', async ({
  dashboard: page,
  installation,
}) => {
  test.slow()
  const { api, anonymous } = installation
  const iss = 'https://token.actions.githubusercontent.com/acme'
  const jwk = { ...createPublicKey(pem).export({ format: 'jwk' }), kid: 'k1', alg: 'ES256', use: 'sig' }
  const added = await api.post('/auth/v1/issuers', { iss, project: { id: 'video' }, keys: [jwk] })
  expect(added.status, added.text).toBeLessThan(300)
  const exchange = async (repositoryId: string) => {
    const sent = await token({ repository: 'acme/video', repository_id: repositoryId }, iss)
    return (await anonymous.post('/auth/v1/tokens', { token: sent })).status
  }
  expect([await exchange('1'), await exchange('2')]).toEqual([200, 403])
  await page.goto('/issuers')
  const row = page.getByRole('row').filter({ hasText: iss })
  await expect(row).toContainText('Frozen')
  await row.getByRole('link').first().click()
  await expect(page.getByText('is frozen: a known name came with a different id')).toBeVisible()
})

test('a run that opens more trusts than the runs of its workflow before is an incident that names the run and the login', async ({
  dashboard: page,
  installation,
}) => {
  test.slow()
  const { api, anonymous, identity } = installation
  const iss = 'https://token.actions.githubusercontent.com'
  const [usual, further] = [await identity('release deployer'), await identity('billing deployer')]
  for (const id of [usual, further]) {
    const set = await api.post(`/api/v1/auth/jwt-auth/identities/${id}`, { publicKeys: [pem], boundIssuer: iss })
    expect(set.status).toBe(200)
  }
  const run = async (identityId: string, id: string) => {
    const of = { repository: 'acme/site', repository_id: '9', workflow: 'Release', run_id: id }
    const jwt = await token(of, iss)
    expect((await anonymous.post('/api/v1/auth/jwt-auth/login', { identityId, jwt })).status).toBe(200)
  }
  for (const id of ['1', '2', '3', '4', '5', '6']) await run(usual, id)
  await run(further, '6')
  const listed = () => api.get('/api/admin/incidents?reason=run_at_more_trusts_than_usual')
  await expect.poll(async () => (await listed()).body.incidents.length, { timeout: 60_000 }).toBe(1)

  await page.goto('/incidents?reason=run_at_more_trusts_than_usual')
  await page.getByRole('row').filter({ hasText: 'billing deployer' }).getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(
    'Run at more trusts than usual · billing deployer',
  )
  const summary = page.getByRole('region', { name: 'Summary' })
  await expect(summary).toContainText(
    'Run 6 (run_id) opened 2 trusts; runs before it opened one. Workload: repository acme/site, repository_id 9, workflow Release.',
  )
  await expect(summary).toContainText('logged in through more trusts than earlier runs did')
  const logins = page.getByRole('table', { name: 'Logins of this incident' })
  await expect(logins.getByRole('row').filter({ hasText: 'billing deployer' })).toHaveCount(1)
})
