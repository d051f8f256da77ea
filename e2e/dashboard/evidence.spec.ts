import { connect } from '@/lib/db/client'
import { withoutGuards } from '../fixtures/append-only'
import { expect, test } from '../fixtures/test'
import { githubSubject, githubTrust } from './github-job'
import { inhabited } from './inhabited'

test('an auditor sees who may do what and which trusts are too wide, and proves with one button that nothing was removed', async ({
  page,
  context,
  installation,
  keybound,
  database,
}) => {
  const { api } = installation
  const auditor = { email: 'olive@example.com', password: 'battery staple horse' }
  const added = await api.post('/api/admin/members', { ...auditor, name: 'Olive', role: 'auditor' })
  expect(added.status, added.text).toBe(201)
  const { reqId } = await inhabited(installation, 'deployer')
  await githubTrust(installation, 'wide')
  const log = async () => (await api.get('/api/admin/audit-log')).body
  await expect.poll(async () => (await log()).unsealed, { timeout: 30_000 }).toBe(0)
  await installation.signIn(context, auditor)

  await page.goto('/settings?tab=access')
  const people = page.getByRole('table', { name: 'Who can see what' })
  await expect(people.getByRole('row', { name: /olive@example/ })).toContainText('Sees: Identities, trusts, tokens')
  await expect(people.getByRole('row', { name: /olive@example/ })).not.toContainText('Changes:')
  await expect(people.getByRole('row', { name: /ada@example/ })).toContainText('Changes: Identities, trusts')

  await page.getByRole('link', { name: 'Posture', exact: true }).click()
  const trusts = page.getByRole('table', { name: 'Trusts by posture' })
  await expect(trusts.locator('tbody').getByRole('row').first()).toContainText('wide')
  await expect(page.getByText('The worst finding caps the score')).toBeVisible()

  await page.getByRole('link', { name: 'Audit', exact: true }).click()
  const evidence = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Evidence log' }) })
  const verify = evidence.getByRole('button', { name: 'Verify' })
  const { entries } = await log()
  await verify.press('Enter')
  const intact = evidence.getByText(/^[\d,]+ entries follow one another, and [\d,]+ records are what was written/)
  await expect(intact).toBeVisible()
  // It grows meanwhile.
  expect(Number.parseInt(`${await intact.textContent()}`.replaceAll(',', ''), 10)).toBeGreaterThanOrEqual(entries)
  await expect(evidence).toContainText('The log is intact')
  await expect(verify).toBeFocused()

  // A verification that takes long can be ended.
  let answer = () => {}
  const held = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.route('**/audit-log/verification', async (route) => {
    await held
    await route.continue().catch(() => {})
  })
  await verify.press('Enter')
  const stop = evidence.getByRole('button', { name: 'Stop verifying' })
  await expect(evidence.getByRole('progressbar', { name: 'Verifying the evidence log' })).toBeVisible()
  await stop.press('Enter')
  await expect(verify).toBeFocused()
  await expect(evidence.getByRole('progressbar')).toBeHidden()
  await expect(evidence.getByRole('alert')).toHaveCount(0)
  answer()
  await page.unrouteAll({ behavior: 'wait' })

  const db = connect(keybound.databaseUrl)
  await withoutGuards(db, database, () => db.decision.delete({ where: { id: reqId } }))
  await db.$disconnect()
  await verify.press('Enter')
  await expect(evidence).toContainText('The log is not intact: 1 problem')
  await expect(evidence.getByRole('listitem')).toContainText(reqId)
})

test('a change is told in a sentence; versions are compared, and one is restored, which is a change like any other', async ({
  dashboard: page,
  installation,
}) => {
  const { api } = installation
  const id = await githubTrust(installation, 'narrowed', githubSubject())
  const path = `/api/admin/identities/${id}/trusts/jwt`
  const { issuer, keys, rules, grant } = (await api.get(path)).body
  const ref = { path: 'ref', matcher: { kind: 'equals-any', values: ['refs/heads/main'] } }
  const narrowed = await api.put(path, { issuer, keys, grant, rules: [...rules, ref] })
  expect(narrowed.status, narrowed.text).toBe(200)

  await page.goto('/audit')
  const change = page
    .getByRole('row')
    .filter({ hasText: 'narrowed' })
    .filter({ hasText: 'added the claim ref' })
    .first()
  await expect(change).toContainText('refs/heads/main')
  await expect(change).toContainText('narrower')

  await page.goto(`/identities/${id}/jwt-auth`)
  await page.getByRole('link', { name: 'Version 2' }).click()
  await expect(page.getByRole('heading', { name: 'Versions of narrowed', level: 1 })).toBeVisible()
  const compared = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Compared' }) })
  await expect(compared).toContainText('claim ref')
  await expect(compared).toContainText('narrower')

  await compared.locator('summary').filter({ hasText: 'All of version 2' }).click()
  await expect(compared.getByRole('figure', { name: 'All of version 2' })).toContainText('"refs/heads/main"')
  await page.getByRole('combobox', { name: 'After' }).click()
  await page.getByRole('option', { name: 'After: version 1' }).click()
  await expect(compared.getByRole('figure', { name: 'All of version 1' })).toContainText(githubSubject())

  await page.getByRole('button', { name: 'Restore version 1' }).click()
  const question = page.getByRole('dialog', { name: 'Restore version 1?' })
  await question.getByRole('button', { name: 'Restore' }).click()
  // It accepts more than today's.
  await question.getByRole('textbox', { name: 'Reason' }).fill('Releases are made from tags, too.')
  await question.getByRole('button', { name: 'Restore' }).click()
  await expect(question).toBeHidden()
  const versions = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Versions', exact: true }) })
  await expect(versions.getByRole('listitem').first()).toContainText('Version 3 · current')
  expect((await api.get(path)).body).toMatchObject({ version: 3, rules })
  const [entry] = (await api.get('/api/admin/audit?action=trust')).body.entries
  expect(entry).toMatchObject({ reason: 'Releases are made from tags, too.' })
})
