import type { Page } from '@playwright/test'
import { expect } from '../fixtures/test'

/**
 * Presses g and a letter, which lead to a page. Neither waits for the other to be answered: the letter counts for a second and
 * a half, and on a busy machine an answer takes longer.
 */
export async function goTo({ keyboard }: Page, letter: string): Promise<void> {
  await Promise.all([keyboard.press('g'), keyboard.press(letter)])
}

/**
 * Opens a page: from another page of the dashboard by its router, as a click on a link does, for loading all of it again takes
 * several times as long. What was read in the last ten seconds is shown as it was: after a change by the API, load the page.
 */
export async function openPage(page: Page, path: string): Promise<void> {
  const isPushed = await page.evaluate((to) => {
    const router = Reflect.get(window, 'next')?.router
    if (!router || document.querySelector('main#main') === null) return false
    if (new URL(to, location.href).pathname === location.pathname) return false
    router.push(to)
    return true
  }, path)
  if (!isPushed) await page.goto(path)
  await expect(page).toHaveURL(path)
}

/** Opens the palette of a page that was just loaded, and so may not hear keys yet: pressed again where nothing came of it. */
export async function openPalette(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('ControlOrMeta+K')
    await expect(page.getByRole('dialog', { name: 'Go anywhere' }).getByRole('combobox')).toBeFocused({
      timeout: 2_000,
    })
  }).toPass()
}
