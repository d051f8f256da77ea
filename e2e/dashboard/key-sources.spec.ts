import type { Page } from '@playwright/test'
import { SignJWT } from 'jose'
import { expect, type Installation, test } from '../fixtures/test'
import { type JwksServer, type SigningKey, startJwksServer } from '../peers/jwks-server'
import { createAuthority } from '../peers/tls-authority'

const authority = createAuthority('Keybound test CA')
const dayMs = 86_400_000

let issuer: JwksServer
test.beforeEach(async () => {
  issuer = await startJwksServer({ tls: authority.issue({ notAfter: new Date(Date.now() + 90 * dayMs) }) })
})
test.afterEach(() => issuer.stop())

/** An identity whose JWT Auth takes its keys from the issuer. */
async function attach({ api, identity }: Installation, name: string): Promise<string> {
  const identityId = await identity(name)
  const config = { jwksUrl: issuer.jwksUrl, jwksCaCert: authority.cert }
  const made = await api.post(`/api/v1/auth/jwt-auth/identities/${identityId}`, config)
  expect(made.status, made.text).toBe(200)
  return identityId
}
async function login({ anonymous }: Installation, identityId: string, { alg, kid, privateKey }: SigningKey) {
  const jwt = await new SignJWT({})
    .setProtectedHeader({ alg, kid })
    .setSubject('builder')
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(privateKey)
  return (await anonymous.post('/api/v1/auth/jwt-auth/login', { identityId, jwt })).status
}

/** The list of key sources and the page of one, by the names a person sees. */
const viewOf = (page: Page) => ({
  rowOf: (url: string) => page.getByRole('table', { name: 'Key sources' }).getByRole('row').filter({ hasText: url }),
  keys: page.getByRole('table', { name: 'Keys' }),
  keyRow: (kid: string) => page.getByRole('table', { name: 'Keys' }).getByRole('row').filter({ hasText: kid }),
  section: (name: string) =>
    page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name, exact: true }) }),
  fetchNow: page.getByRole('button', { name: 'Fetch now' }),
  said: page.getByRole('status'),
})

test('a source from its first fetch, through a rotation, to the failure of its issuer', async ({
  dashboard: page,
  installation,
}) => {
  const view = viewOf(page)
  const key = issuer.rotate({ alg: 'RS256', kid: '2026-a' })
  const first = await attach(installation, 'first user')
  await attach(installation, 'second user')
  expect(await login(installation, first, key)).toBe(200)

  // The list: what it is, how it does, how many keys, who uses it.
  await page.goto('/key-sources')
  const row = view.rowOf(issuer.jwksUrl)
  await expect(row).toContainText('JWKS URL, own CA')
  await expect(row.getByText('Answers', { exact: true })).toBeVisible()
  await expect(row.getByRole('cell', { name: '2 trusts' })).toBeVisible()
  await row.getByRole('link').click()
  await expect(page).toHaveURL(/\/key-sources\/[0-9a-f]{64}$/)
  await expect(page.getByRole('heading', { name: new URL(issuer.origin).host })).toBeVisible()
  await expect(page.getByText('Answers', { exact: true })).toBeVisible()

  // Who uses it, each leading to its editor.
  const users = view.section('Used by')
  await expect(users.getByRole('listitem')).toHaveCount(2)
  await expect(users.getByRole('link', { name: 'first user' })).toHaveAttribute('href', `/identities/${first}/jwt-auth`)
  await expect(users.getByRole('listitem').filter({ hasText: 'second user' })).toContainText('JWT Auth')

  // By whose certificates, and until when.
  const chain = view.section('TLS certificates').getByRole('listitem')
  await expect(chain).toHaveCount(2)
  await expect(chain.last()).toContainText('Keybound test CA')
  await expect(chain.first()).toContainText('ends')
  const ends = await chain.first().locator('time').getAttribute('datetime')
  expect(Math.abs(Date.parse(ends ?? '') - (Date.now() + 90 * dayMs))).toBeLessThan(dayMs)

  // The key, and that a login used it.
  await expect(view.keys.getByRole('columnheader')).toHaveText([
    'kid',
    'Key',
    'alg',
    'use',
    'First seen',
    'Last seen',
    'Last login',
    'Thumbprint',
  ])
  await expect(view.keyRow('2026-a').getByRole('cell')).toContainText(['2026-a', 'RSA 2048', 'RS256', 'sig'])
  await expect(view.keyRow('2026-a').locator('time')).toHaveCount(3)
  await expect(view.section('Timeline').getByRole('listitem')).toHaveCount(1)

  // How often it was fetched, as a picture and as a table.
  await expect(view.section('Timeline').getByRole('img', { name: '1 fetch in 90 days, 0 failed' })).toBeVisible()

  // A rotation shows once it is fetched, and what changed stands in the timeline.
  const fresh = issuer.rotate({ alg: 'ES256', kid: '2026-b' })
  await view.fetchNow.click()
  await expect(view.said.filter({ hasText: 'One key in' })).toBeVisible()
  await expect(view.keyRow('2026-a')).toContainText('Removed')
  await expect(view.keyRow('2026-b').getByRole('cell')).toContainText(['2026-b', 'EC P-256', 'ES256', 'sig'])
  await expect(view.keyRow('2026-b')).toContainText('Never')
  const told = view.section('Timeline').getByRole('listitem')
  await expect(told).toHaveCount(3)
  await expect(told.filter({ hasText: '2026-b' })).toHaveCount(1)
  await expect(told.filter({ hasText: '2026-a' })).toHaveCount(1)
  expect(await login(installation, first, fresh)).toBe(200)
  await expect(async () => {
    await page.reload()
    await expect(view.keyRow('2026-b')).not.toContainText('Never', { timeout: 1_000 })
  }).toPass()

  // The issuer is gone: the last good keys serve, and every place says so.
  await issuer.stop()
  await view.fetchNow.click()
  await expect(page.getByText('The last good keys remain in use')).toBeVisible()
  await expect(page.getByText('Fails; last good keys in use')).toBeVisible()
  await expect(view.said.filter({ hasText: 'cannot be reached' })).toBeVisible()
  await expect(told).toHaveCount(4)
  expect(await login(installation, first, fresh)).toBe(200)
  await page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('link', { name: 'Key sources' }).click()
  await expect(row.getByText('Fails; last good keys in use')).toBeVisible()

  // And back again.
  await issuer.listen()
  await row.getByRole('link').click()
  await view.fetchNow.click()
  await expect(page.getByText('Answers', { exact: true })).toBeVisible()
  await expect(page.getByText('The last good keys remain in use')).toBeHidden()
  await expect(told).toHaveCount(5)
})

test('an alarm is on the page, in the list and in the navigation, until its cause is gone', async ({
  dashboard: page,
  installation,
}) => {
  const view = viewOf(page)
  await attach(installation, 'alarmed')
  await issuer.stop()
  await page.goto('/key-sources')
  await view.rowOf(issuer.jwksUrl).getByRole('link').click()
  await view.fetchNow.click()
  await expect(page.getByText('No token can be verified with this source')).toBeVisible()
  await expect(page.getByText('Fails; no keys')).toBeVisible()
  const alarms = view.section('Alarms')
  await expect(alarms.getByRole('listitem')).toHaveCount(1)
  await expect(alarms).toContainText('Critical')
  await expect(alarms).toContainText('has never given keys')

  await page.goto('/key-sources')
  await expect(view.rowOf(issuer.jwksUrl)).toContainText('1 alarm')
  await expect(alarms).toContainText(issuer.jwksUrl)
  const entry = page
    .getByRole('navigation')
    .getByRole('link', { name: /Key sources/ })
    .first()
  await expect(entry).toHaveAccessibleName(/1 alarm/)

  await issuer.listen()
  issuer.rotate()
  await view.rowOf(issuer.jwksUrl).getByRole('link').click()
  await view.fetchNow.click()
  await expect(page.getByText('Answers', { exact: true })).toBeVisible()
  await expect(alarms).toBeHidden()
  await page.goto('/key-sources')
  await expect(view.rowOf(issuer.jwksUrl)).not.toContainText('alarm')
  await expect(entry).not.toHaveAccessibleName(/alarm/)
})

test('a member who may only read sees everything and cannot fetch', async ({ page, context, installation }) => {
  issuer.rotate({ kid: '2026-a' })
  await attach(installation, 'read only')
  const person = { email: 'rita@example.com', password: 'correct horse battery staple' }
  const made = await installation.api.post('/api/admin/members', { ...person, name: 'Rita', role: 'auditor' })
  expect(made.status, made.text).toBe(201)
  await installation.signIn(context, person)
  const view = viewOf(page)
  await page.goto('/key-sources')
  await view.rowOf(issuer.jwksUrl).getByRole('link').click()
  await expect(view.section('Used by').getByRole('listitem')).toHaveCount(1)
  await expect(view.fetchNow).toHaveCount(0)
})
