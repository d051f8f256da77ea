import { expect, test } from '../fixtures/test'
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
