import type { Page } from '@playwright/test'

/**
 * Presses g and a letter, which lead to a page. Neither waits for the other to be answered: the letter counts for a second and
 * a half, and on a busy machine an answer takes longer.
 */
export async function goTo({ keyboard }: Page, letter: string): Promise<void> {
  await Promise.all([keyboard.press('g'), keyboard.press(letter)])
}
