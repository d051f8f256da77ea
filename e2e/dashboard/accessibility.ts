import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'
import { expect } from '../fixtures/test'
import { openPage } from './go-to'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Rules whose outcome colours decide; the theme changes nothing else of a page. */
const rulesOfColours = ['color-contrast', 'link-in-text-block']

/**
 * Runs axe as the debugger does, so that the page's policy stays as strict as it is: all rules in light, in dark those of
 * colours, beginning with the theme that is there. While a menu is open the rest of the page is hidden from screen readers,
 * which axe understands of dialogs only: then give the `part`.
 */
export async function expectNoFindings(page: Page, where: string, part = 'html') {
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
  const schemes = isDark ? (['dark', 'light'] as const) : (['light', 'dark'] as const)
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${colorScheme}\\b`))
    if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
    const rules = colorScheme === 'light' ? {} : { runOnly: rulesOfColours }
    const findings = await page.evaluate(
      async ([selector, options]) => {
        const { violations }: AxeResults = await Reflect.get(window, 'axe').run(selector, options)
        return violations.flatMap(({ id, help, nodes }) =>
          nodes.map(({ target, failureSummary }) => `${id} (${help}): ${target.join(' ')}: ${failureSummary}`),
        )
      },
      [part, { resultTypes: ['violations'], ...rules }] as const,
    )
    expect(findings, `${where}, ${colorScheme}`).toEqual([])
  }
}

/** Opens pages one after the other, each by the router of the one before, and expects no findings on any. */
export async function expectNoFindingsOn(page: Page, paths: readonly string[], where = '') {
  await walk(page, paths, (path) => expectNoFindings(page, `${where} ${path}`))
}

/** Opens pages one after the other, each by the router of the one before, and looks at each when it has loaded. */
export async function walk(page: Page, paths: readonly string[], look: (path: string) => Promise<void>) {
  const requests = runningRequests(page)
  for (const path of paths) {
    await openPage(page, path)
    await settled(page, requests)
    await look(path)
  }
}

/** Counts the requests of a page that are not answered yet. */
function runningRequests(page: Page): () => number {
  const running = new Set<unknown>()
  page.on('request', (request) => running.add(request))
  page.on('requestfinished', (request) => running.delete(request))
  page.on('requestfailed', (request) => running.delete(request))
  return () => running.size
}

/** Loaded: nothing is waited for any more, and what came is drawn. */
export async function settled(page: Page, requests?: () => number) {
  if (!requests) await page.waitForLoadState('networkidle')
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Loading…')
  // The router sets it after the page.
  await expect(page).toHaveTitle(/./)
  await expect(async () => {
    // What one answer brings is drawn in the first frame and may ask for more in the second.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
    expect(requests?.() ?? 0).toBe(0)
    await expect(page.locator('[aria-busy="true"], [data-loading]')).toHaveCount(0)
  }).toPass()
}
