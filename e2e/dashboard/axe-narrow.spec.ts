import { expect, type Installation, openOnPurpose, test } from '../fixtures/test'
import { expectNoFindings, walk } from './accessibility'
import { editorOf, paste } from './editor'
import { openPage } from './go-to'
import { inhabited, standalone, token } from './inhabited'

test('narrow screens have no findings, no page is wider than 360 px, each tab is named after its page, and what is missing is not found', async ({
  dashboard: page,
  installation,
}) => {
  test.slow()
  const { id, reqId } = await inhabited(installation, 'narrow')
  const { judged, others } = await pagesOf(installation, id, reqId)
  await page.setViewportSize({ width: 360, height: 740 })

  await test.step('numbers side by side are at one height, also where a label needs two lines', async () => {
    await page.goto('/')
    const numberOf = (label: RegExp) => page.getByRole('link', { name: label }).locator('> span').nth(1)
    // What comes above them moves both.
    await expect(async () => {
      const [accepted, refused] = await Promise.all(
        [/^Accepted logins/, /^Refused logins/].map((label) => numberOf(label).boundingBox()),
      )
      expect(accepted?.y).toBeGreaterThan(0)
      expect(accepted?.y).toBe(refused?.y)
    }).toPass()
  })

  await test.step('a URL is a line for its host and one for its path', async () => {
    const long = 'https://keys-of-the-continuous-integration.tenant-of-larkfield.example/.well-known/jwks.json'
    const keys = [{ kind: 'jwks-url', url: long }]
    const made = { method: 'issuer', issuer: 'https://issuer.example/long', project: 'web', ...openOnPurpose, keys }
    expect((await installation.api.post('/api/admin/trusts', made)).status).toBe(201)
    await openPage(page, '/key-sources')
    const heightOf = async (name: RegExp) =>
      (await page.getByRole('link', { name }).first().locator('> span').boundingBox())?.height
    expect(await heightOf(/^keys-of-the/)).toBeGreaterThan(0)
    expect(await heightOf(/^keys-of-the/)).toBe(await heightOf(/^issuer\.example/))
  })

  await test.step('the tab that is open is in view', async () => {
    await openPage(page, '/settings?tab=about')
    await expect(page.getByRole('tab', { name: 'About', selected: true })).toBeInViewport({ ratio: 1 })
  })

  await walk(page, [...others, ...judged], async (path) => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(360)
    const heading = await page.getByRole('heading', { level: 1 }).textContent()
    await expect.poll(async () => (await page.title()).startsWith(heading ?? '?'), path).toBe(true)
    await expect(page, path).toHaveTitle(/· Keybound$/)
    if (judged.includes(path)) await expectNoFindings(page, `narrow ${path}`)
  })

  await test.step('the verdict stays in view, below the bar and not under it', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('tab', { name: 'Tester' }).click()
    await paste(editorOf(page).token, await token())
    await expect(editorOf(page).verdict).toContainText('Accepted')
    await expectNoFindings(page, 'narrow tester')
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
    const bar = await page.getByRole('banner').boundingBox()
    const verdict = await editorOf(page).verdict.boundingBox()
    expect(verdict?.y).toBeGreaterThanOrEqual((bar?.y ?? 0) + (bar?.height ?? Number.NaN))
  })

  await test.step('the drawer gives the focus back', async () => {
    await page.getByRole('button', { name: 'Open navigation' }).click()
    await expect(page.getByRole('dialog', { name: 'Keybound' })).toBeVisible()
    await expectNoFindings(page, 'drawer')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('button', { name: 'Open navigation' })).toBeFocused()
  })

  const nothing = '00000000-0000-4000-8000-000000000000'
  const kinds = [
    'reviews',
    'identities',
    'issuers',
    'providers',
    'settings/members',
    'audit',
    'key-sources',
    'activity',
  ]
  const missing = kinds.map((kind) => `/${kind}/${nothing}`)
  await walk(page, missing, async (path) => {
    const answer = page.getByRole('main').getByText(/^(Not found|There is no such|No login has)/)
    await expect(answer.first(), path).toBeVisible()
    await expect(page.getByText('could not be loaded'), path).toBeHidden()
  })
})

/** The pages, of an identity with everything: those that axe judges, which end with an editor, and the others. */
async function pagesOf(installation: Installation, id: string, reqId: string) {
  const { api } = installation
  const { issuerId, providerId } = await standalone(installation)
  const { body: audit } = await api.get('/api/admin/audit?limit=1')
  const { body: people } = await api.get('/api/admin/members')
  const receiver = { name: 'SIEM', url: 'https://siem.example/in', kinds: ['audit'] }
  const { body: stream } = await api.post('/api/admin/streams', receiver)
  const asked = { name: 'Quarter', dueAt: new Date(Date.now() + 86_400_000).toISOString() }
  const scope = { kinds: ['identity', 'trust', 'person', 'token'] }
  const { body: review } = await api.post('/api/admin/reviews', { ...asked, scope })
  // A tab of a page is opened by the router when another page is before it.
  return {
    others: [
      ...['/issuers/new', '/providers', '/tester', '/activity', '/posture', '/key-sources', '/audit', '/streams'],
      ...['/settings?tab=access', '/reviews', '/api-reference', '/providers/new'],
      ...[`/reviews/${review.id}`, `/streams/${stream.id}`, `/activity/${reqId}`],
      ...[`/audit/${audit.entries[0].id}`, `/settings/members/${people.members[0].id}`],
    ],
    judged: [
      ...['/', '/identities', `/identities/${id}`, '/issuers', `/issuers/${issuerId}`, '/settings'],
      ...[`/providers/${providerId}`, '/settings?tab=account', `/identities/${id}/jwt-auth`],
    ],
  }
}
