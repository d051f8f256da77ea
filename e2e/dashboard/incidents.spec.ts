import { expect, test } from '../fixtures/test'
import { settled } from './accessibility'
import { openPage } from './go-to'
import { inhabited, pem, token } from './inhabited'

test('an auditor learns who was refused and why, since when, and what changed just before; replays it and opens the editor', async ({
  dashboard: page,
  installation,
}) => {
  test.slow()
  const { api, anonymous } = installation
  const { id } = await inhabited(installation, 'refused deployer')
  const path = `/api/admin/identities/${id}/trusts/jwt`
  const { version: _, ...trust } = (await api.get(path)).body
  const login = async () =>
    anonymous.post('/api/v1/auth/jwt-auth/login', { identityId: id, jwt: await token({ environment: 'staging' }) })
  expect((await login()).status).toBe(200)
  const rules = [...trust.rules, { path: 'environment', matcher: { kind: 'equals-any', values: ['production'] } }]
  const { issuer, keys } = trust
  const changed = await api.put(path, { issuer, keys, rules })
  expect(changed.status, changed.text).toBe(200)
  for (let n = 0; n < 12; n++) expect((await login()).status).toBe(403)
  const listed = async () => (await api.get(`/api/admin/incidents?identityId=${id}`)).body.incidents
  await expect
    .poll(
      async () => (await listed()).find(({ checkId }: { checkId: string }) => checkId === 'claim:environment')?.count,
      {
        timeout: 60_000,
      },
    )
    .toBe(12)

  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Needs a look' })).toBeVisible()
  await page.getByRole('link', { name: /Refused refused deployer 12 ×/ }).click()

  // Who, how often, and since when.
  await expect(page.getByRole('heading', { level: 1 })).toContainText('refused deployer')
  const summary = page.getByRole('region', { name: 'Summary' })
  await expect(summary).toContainText('12 refusals from 1 address')
  // One step is no course. How many steps these refusals took depends on the clock, so the answer is given here.
  const course = summary.getByRole('img', { name: /^Refusals in steps of/ })
  let counts = [12]
  await page.route(/\/api\/admin\/incidents\/[^/?]+$/, async (route) => {
    const response = await route.fetch()
    const body = await response.json()
    await route.fulfill({ response, json: { ...body, spark: { ...body.spark, counts } } })
  })
  await page.reload()
  await expect(summary).toContainText('12 refusals from 1 address')
  await expect(course).toBeHidden()
  counts = [5, 0, 7]
  await page.reload()
  await expect(course).toBeVisible()
  await page.unrouteAll({ behavior: 'wait' })
  await expect(summary.getByText(/^First (?!refusal)/)).toBeVisible()
  // A row is one Tab stop, also where its link is a time.
  const refusals = page.getByRole('table', { name: 'Refusals of this incident' })
  await expect(refusals.getByRole('link').first()).toBeVisible()
  await expect(refusals.locator('tbody [tabindex="0"]')).toHaveCount(0)
  // What changed just before, and by whom.
  const changes = page.getByRole('list', { name: 'Changes' })
  await expect(changes.getByRole('listitem').first()).toContainText('environment')
  await expect(page.getByText(/^Last accepted login /)).toBeVisible()

  // The same claims on the trust of then and of today.
  await page.getByRole('button', { name: 'Replay on today’s trust' }).click()
  const replay = page.getByRole('table', { name: 'Claims judged by the trust of then and of now' })
  await expect(replay.getByRole('columnheader', { name: /Then.*Claims refused/ })).toBeVisible()
  await expect(replay.getByRole('columnheader', { name: /Today.*Claims refused/ })).toBeVisible()
  await expect(replay.getByRole('row', { name: /environment/ })).toContainText('Failed')

  // One click leads to the editor with these claims; they are in no URL and no request.
  const sent: string[] = []
  page.on('request', (request) => sent.push(request.url(), request.postData() ?? ''))
  await summary.getByRole('link', { name: 'Try these claims' }).click()
  await expect(page.getByText('Unsigned claims of a recorded login')).toBeVisible()
  const verdict = page.getByRole('status', { name: 'Verdict on the claims' })
  await expect(verdict).toContainText('These claims are refused')
  expect(page.url()).not.toContain('staging')
  expect(sent.some((text) => text.includes('staging') || text.includes('c3RhZ2luZ'))).toBe(false)
  await page.reload()
  await expect(page.getByText('Unsigned claims of a recorded login')).toBeHidden()

  // Resolved with a note, by keyboard; the list has it so, and the audit.
  await openPage(page, '/incidents?state=open')
  const row = page.getByRole('table', { name: 'Incidents' }).getByRole('link', { name: /refused deployer/ })
  await expect(row).toHaveCount(2)
  const [incident] = (await listed()).filter(({ checkId }: { checkId: string }) => checkId === 'claim:environment')
  await openPage(page, `/incidents/${incident.id}`)
  await page.getByRole('textbox', { name: 'Note' }).fill('Staging may not deploy.')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Acknowledge' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Reopen' })).toBeVisible()
  await openPage(page, '/incidents?state=resolved')
  await expect(page.getByRole('table', { name: 'Incidents' })).toContainText('refused deployer')
  const audit = await api.get(`/api/admin/audit?targetId=${incident.id}`)
  expect(audit.body.entries).toMatchObject([{ action: 'incident.resolved', reason: 'Staging may not deploy.' }])
})

test('the overview shows three incidents and leads to the others; the list of logins is shown in its place below them, and without them where they cannot be read', async ({
  dashboard: page,
  installation,
}) => {
  const { api, anonymous, identity } = installation
  for (const name of ['first', 'second', 'third', 'fourth']) {
    const id = await identity(`${name} in the crowd`)
    const trust = { publicKeys: [pem], boundIssuer: 'https://other.example' }
    expect((await api.post(`/api/v1/auth/jwt-auth/identities/${id}`, trust)).status).toBe(200)
    const login = await anonymous.post('/api/v1/auth/jwt-auth/login', { identityId: id, jwt: await token() })
    expect(login.status).toBe(403)
  }
  const open = async () => (await api.get('/api/admin/incidents?state=open')).body.incidents
  const crowd = async () => (await open()).filter((one: { identityName: string }) => /crowd/.test(one.identityName))
  await expect.poll(async () => (await crowd()).length, { timeout: 60_000 }).toBe(4)
  await page.goto('/')
  await expect(page.getByRole('list', { name: 'Incidents' }).getByRole('listitem')).toHaveCount(3)
  await page.getByRole('link', { name: /^and \d+ more under Incidents$/ }).click()
  await expect(page).toHaveURL('/incidents?state=open')

  let answer = () => {}
  const asked = new Promise<void>((resolve) => {
    answer = resolve
  })
  const logins = page.getByRole('table', { name: 'Login decisions' })
  await page.route(/\/api\/admin\/incidents\?/, async (route) => {
    await asked
    await route.continue()
  })
  const listed = page.waitForResponse(/\/api\/admin\/decisions\b/)
  await page.goto('/activity')
  await (await listed).finished()
  await expect(logins).toBeHidden()
  answer()
  await expect(logins.getByRole('link').first()).toBeVisible()
  await expect(page.getByRole('list', { name: 'Open incidents' }).getByRole('listitem')).toHaveCount(3)

  await page.unrouteAll({ behavior: 'wait' })
  await page.route(/\/api\/admin\/incidents\?/, (route) => route.abort())
  await page.goto('/activity')
  await expect(logins.getByRole('link').first()).toBeVisible()
})

test('attempts that match no identity are a list of their own, which fits a phone', async ({
  dashboard: page,
  installation: { anonymous, api },
}) => {
  for (let n = 0; n < 3; n++) {
    await anonymous.post('/api/v1/auth/jwt-auth/login', { identityId: crypto.randomUUID(), jwt: await token() })
  }
  const unmatched = async () => (await api.get('/api/admin/incidents?owner=none')).body.incidents.length
  await expect.poll(unmatched, { timeout: 60_000 }).toBeGreaterThan(0)
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto('/incidents?owner=none')
  await settled(page)
  await page.getByRole('table', { name: 'Incidents' }).getByRole('link').first().click()
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText(/refusals? from/)
  await settled(page)
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(await overflow()).toBeLessThanOrEqual(0)
})
