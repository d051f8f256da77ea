import type { Locator, Page } from '@playwright/test'
import { expect } from '../fixtures/test'
import { openPage } from './go-to'

/** The editor of a method of an identity, by the names a person sees. */
export const editorOf = (page: Page) => ({
  keys: (kind: 'JWKS URL' | 'Static keys') => page.getByRole('radio', { name: kind }),
  pem: page.getByRole('textbox', { name: /^Public key/ }),
  issuer: page.getByLabel('Issuer', { exact: true }),
  audiences: page.getByRole('textbox', { name: 'Audiences' }),
  audienceChips: page.getByRole('list', { name: 'Audiences' }).getByRole('listitem'),
  subject: page.getByLabel('Subject', { exact: true }),
  claims: page.getByRole('group', { name: 'Bound claims' }),
  review: page.getByRole('button', { name: 'Review and save' }),
  token: page.getByRole('textbox', { name: 'Token', exact: true }),
  forget: page.getByRole('button', { name: 'Forget this token' }),
  verdict: page.getByRole('status', { name: 'Verdict' }),
  claimsTable: page.getByRole('table', { name: 'Claims of the token' }),
  /** A check of the live verdict, by the id that is its public name. */
  check: (id: string) => page.locator(`[data-check="${id}"]`),
})

/** Opens the editor of a method and waits until it can be typed into. */
export async function openEditor(page: Page, identityId: string, method: 'jwt-auth' | 'oidc-auth' = 'jwt-auth') {
  await openPage(page, `/identities/${identityId}/${method}`)
  const editor = editorOf(page)
  await expect(editor.token).toBeEditable()
  return editor
}

/**
 * Fills in a public key and waits until the page names its kind ("RSA 2048"). The name moves what is below it: a button that is
 * pressed before it moves and released after it hears no click.
 */
export async function fillKey(page: Page, pem: string, kind: string) {
  await editorOf(page).pem.fill(pem)
  await expect(page.getByText(kind, { exact: true }).first()).toBeVisible()
}

/** Pastes from the clipboard with the keyboard, as a person does. */
export async function paste(target: Locator, text: string) {
  const page = target.page()
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
  await target.focus()
  await page.keyboard.press('ControlOrMeta+V')
}

/** Reviews and applies what the editor holds, and says why where the review asks; answers the words of the review. */
export async function save(page: Page): Promise<string> {
  const words = await applyReview(page)
  await expect(page.getByText('Saved. The next login is judged by it.')).toBeVisible()
  return words
}

/** Reviews and saves, whatever the trust is for. */
export async function applyReview(page: Page): Promise<string> {
  await editorOf(page).review.click()
  const review = reviewOf(page)
  await expect(review.save).toBeEnabled()
  const words = (await review.dialog.textContent()) ?? ''
  if (await review.reason.isVisible()) await review.reason.fill('This trust belongs to a test.')
  if (await review.acceptance.isVisible()) await review.acceptance.check()
  await review.save.click()
  await expect(review.dialog).toBeHidden()
  return words
}

/** The dialog that shows what a save does, by the names a person sees. */
export function reviewOf(page: Page) {
  const dialog = page.getByRole('dialog')
  return {
    dialog,
    blocking: dialog.getByRole('region', { name: 'What blocks enabling' }),
    acceptance: dialog.getByRole('checkbox', { name: /^Enable it in spite of L\d\d/ }),
    reason: dialog.getByRole('textbox', { name: 'Reason' }),
    save: dialog.getByRole('button', { name: 'Save' }),
  }
}

/** The live verdict accepts; the words count warnings, if there are any. */
export const expectAccepted = (page: Page) => expect(editorOf(page).verdict).toContainText(/^Accepted( ·|,)/)

/** The live verdict refuses, and exactly these checks fail. */
export async function expectRefused(page: Page, ...checks: string[]) {
  await expect(editorOf(page).verdict).toContainText(/^Refused · /)
  const failed = page.locator('[data-check][data-status="fail"]')
  await expect
    .poll(async () => (await failed.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-check')))).sort())
    .toEqual([...checks].sort())
}
