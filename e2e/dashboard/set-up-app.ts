import type { Page } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import { expect } from '../fixtures/test'

/** Walks through the setup of an app that is open. Gives its codes, by steps from now, and the recovery codes. */
export async function setUpApp(page: Page) {
  const key = ((await page.locator('form code').textContent()) ?? '').replaceAll(/\s/g, '')
  const totp = new TOTP({ secret: Secret.fromBase32(key) })
  const codeIn = (steps: number) => totp.generate({ timestamp: Date.now() + steps * 30_000 })
  await expect(page.getByRole('img', { name: /^QR code/ })).toBeVisible()
  await page.getByLabel('Code', { exact: true }).fill(codeIn(0))
  await page.getByRole('button', { name: 'Turn on' }).click()
  const shown = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await expect(shown).toHaveCount(10)
  const recoveryCodes = await shown.allTextContents()
  await page.getByRole('button', { name: 'I have stored them' }).click()
  return { codeIn, recoveryCodes }
}
