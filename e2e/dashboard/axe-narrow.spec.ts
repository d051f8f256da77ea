import { expect, openOnPurpose, test } from '../fixtures/test'
import { expectNoFindings, expectNoFindingsOn } from './accessibility'
import { editorOf, paste } from './editor'
import { inhabited, standalone, token } from './inhabited'

test('narrow screens have no findings', async ({ dashboard: page, installation }) => {
  test.slow()
  const { id } = await inhabited(installation, 'narrow')
  const { issuerId, providerId } = await standalone(installation)
  await page.setViewportSize({ width: 390, height: 844 })
  const paths = [
    '/',
    '/identities',
    `/identities/${id}`,
    '/issuers',
    `/issuers/${issuerId}`,
    `/providers/${providerId}`,
    '/settings',
    '/settings?tab=account',
  ]
  // Numbers side by side are at one height, also where a label needs two lines.
  await page.setViewportSize({ width: 360, height: 740 })
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
  // A URL is a line for its host and one for its path.
  const long = 'https://keys-of-the-continuous-integration.tenant-of-larkfield.example/.well-known/jwks.json'
  const keys = [{ kind: 'jwks-url', url: long }]
  const made = { method: 'issuer', issuer: 'https://issuer.example/long', project: 'web', ...openOnPurpose, keys }
  expect((await installation.api.post('/api/admin/trusts', made)).status).toBe(201)
  await page.goto('/key-sources')
  const heightOf = async (name: RegExp) =>
    (await page.getByRole('link', { name }).first().locator('> span').boundingBox())?.height
  expect(await heightOf(/^keys-of-the/)).toBeGreaterThan(0)
  expect(await heightOf(/^keys-of-the/)).toBe(await heightOf(/^issuer\.example/))
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/settings?tab=about')
  await expect(page.getByRole('tab', { name: 'About', selected: true })).toBeInViewport({ ratio: 1 })
  await expectNoFindingsOn(page, [...paths, `/identities/${id}/jwt-auth`], 'narrow')
  await page.getByRole('tab', { name: 'Tester' }).click()
  await paste(editorOf(page).token, await token())
  await expect(editorOf(page).verdict).toContainText('Accepted')
  await expectNoFindings(page, 'narrow tester')
  // The verdict stays in view, below the bar and not under it.
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
  const bar = await page.getByRole('banner').boundingBox()
  const verdict = await editorOf(page).verdict.boundingBox()
  expect(verdict?.y).toBeGreaterThanOrEqual((bar?.y ?? 0) + (bar?.height ?? Number.NaN))
  await page.getByRole('button', { name: 'Open navigation' }).click()
  await expect(page.getByRole('dialog', { name: 'Keybound' })).toBeVisible()
  await expectNoFindings(page, 'drawer')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Open navigation' })).toBeFocused()
})
