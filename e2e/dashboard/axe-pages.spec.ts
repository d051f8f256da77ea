import { expect, test } from '../fixtures/test'
import { expectNoFindings, expectNoFindingsOn, settled } from './accessibility'
import { inhabited, standalone } from './inhabited'

test('the pages of the dashboard have no findings', async ({ dashboard: page, installation }) => {
  test.setTimeout(180_000)
  const { id, reqId } = await inhabited(installation, 'inhabited')
  const { issuerId, providerId } = await standalone(installation)
  const paths = [
    '/',
    '/identities',
    `/identities/${id}`,
    '/identities?search=no-identity-has-this-name',
    `/identities/${id}?tab=tokens`,
    '/issuers',
    `/identities/${id}?tab=activity`,
    `/identities/${id}/oidc-auth`,
    '/issuers/new',
    '/issuers/set-up',
    `/issuers/${issuerId}`,
    '/providers',
    '/providers/new',
    '/providers/set-up',
    `/providers/${providerId}`,
    '/activity',
    '/incidents',
    '/reviews',
    '/incidents?owner=none&state=resolved',
    '/activity?outcome=refused&search=nothing-like-this',
    `/activity/${reqId}`,
    '/key-sources',
    '/activity/req-AAAAAAAAAAAAAA',
    '/identities/00000000-0000-4000-8000-000000000000',
    '/no-such-page',
  ]
  await expectNoFindingsOn(page, paths)
})

test('the pages for people, of streams and of the audit have no findings', async ({
  dashboard: page,
  installation: { api },
}) => {
  test.slow()
  const receiver = { name: 'SIEM', url: 'https://siem.example/in', kinds: ['audit'] }
  const { id } = (await api.post('/api/admin/streams', receiver)).body
  await api.post(`/api/admin/streams/${id}/pause`)
  const { members } = (await api.get('/api/admin/members')).body
  const { entries } = (await api.get('/api/admin/audit?limit=1')).body
  // A tab between two other pages is opened by the router.
  await expectNoFindingsOn(page, [
    ...['/settings?tab=members', '/streams', '/settings?tab=access', `/streams/${id}`, '/settings?tab=account'],
    ...['/audit', '/settings?tab=organization', `/audit/${entries[0].id}`, '/settings?tab=retention'],
    ...[`/settings/members/${members[0].id}`, '/settings?tab=about'],
  ])
})

test('the API reference has no findings, opened too', async ({ dashboard: page }) => {
  test.slow()
  await page.goto('/api-reference')
  await settled(page)
  await expectNoFindings(page, 'reference')
  for (const at of [0, 5, 12]) await page.locator('main details > summary').nth(at).click()
  await expect(page.locator('main details[open]').first()).toBeVisible()
  await page.locator('main details > summary').filter({ hasText: 'PATCH' }).first().click()
  await expect(page.locator('main details[open]').getByText('If-Match', { exact: true }).first()).toBeVisible()
  // Code is shown as such.
  await expect(page.locator('main details[open]').getByText('`')).toHaveCount(0)
  await expectNoFindings(page, 'reference with operations open')
})
