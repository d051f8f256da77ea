import { expect, test } from '../fixtures/test'
import { openPage } from './go-to'

test('on a phone no act of a filter bar has a row for itself', async ({ dashboard: page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  const logins = ['/activity', '/identities', '/activity?from=2026-01-01&to=2026-01-31', '/issuers', '/activity?kid=a']
  for (const path of [...logins, '/providers', '/incidents', '/key-sources', '/posture', '/audit']) {
    await openPage(page, path)
    const clear = page.getByRole('button', { name: 'Clear filters' })
    await expect(clear).toBeVisible()
    const distance = await clear.evaluate((button) => {
      const { bottom } = button.getBoundingClientRect()
      const others = [...(button.parentElement?.children ?? [])].filter((other) => other !== button)
      return Math.min(...others.map((other) => Math.abs(other.getBoundingClientRect().bottom - bottom)))
    })
    expect(distance, path).toBeLessThan(8)
  }
})

test('the list of logins shows a block for each that comes, and none for what a filter leaves out', async ({
  installation,
  browser,
  baseURL,
}) => {
  const bare = await browser.newContext({ javaScriptEnabled: false, baseURL })
  await installation.signIn(bare)
  const page = await bare.newPage()
  const blocks = async (path: string) => {
    await page.goto(path)
    return page.locator('main > * [data-loading]:visible, main > [data-loading]:visible').count()
  }
  expect(await blocks('/activity?method=jwt')).toBe(1)
  expect(await blocks('/activity?outcome=refused')).toBe(2)
  expect(await blocks('/activity')).toBe(3)
  await bare.close()
})
