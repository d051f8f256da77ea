import { SignJWT } from 'jose'
import { expect, type Installation, test } from '../fixtures/test'
import type { SigningKey } from '../peers/jwks-server'
import { attach, dayMs, useIssuer, viewOf } from './key-source-view'

const peer = useIssuer()

async function login({ anonymous }: Installation, identityId: string, { alg, kid, privateKey }: SigningKey) {
  const jwt = await new SignJWT({})
    .setProtectedHeader({ alg, kid })
    .setSubject('builder')
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(privateKey)
  return (await anonymous.post('/api/v1/auth/jwt-auth/login', { identityId, jwt })).status
}

test('a source from its first fetch, through a rotation, to the failure of its issuer', async ({
  dashboard: page,
  installation,
}) => {
  const view = viewOf(page)
  const issuer = peer.current
  const key = issuer.rotate({ alg: 'RS256', kid: '2026-a' })
  const first = await attach(installation, issuer, 'first user')
  await attach(installation, issuer, 'second user')
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
