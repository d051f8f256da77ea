import type { Page } from '@playwright/test'
import { expect } from '../fixtures/test'

/**
 * Presses g and a letter, which lead to a page. Neither waits for the other to be answered: the letter counts for a second and
 * a half, and on a busy machine an answer takes longer.
 */
export async function goTo({ keyboard }: Page, letter: string): Promise<void> {
  await Promise.all([keyboard.press('g'), keyboard.press(letter)])
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
