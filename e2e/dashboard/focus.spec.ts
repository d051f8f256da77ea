import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../fixtures/test'
import { inhabited, standalone } from './inhabited'

/** A review of all there is. */
async function startReview(installation: Parameters<typeof inhabited>[0]): Promise<string> {
  const scope = { kinds: ['identity', 'trust'] }
  const dueAt = new Date(Date.now() + 7 * 86_400_000).toISOString()
  const { status, text, body } = await installation.api.post('/api/admin/reviews', { name: 'Quarter', dueAt, scope })
  expect(status, text).toBe(201)
  return body.id
}

const overlay = (page: Page) => page.locator('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]')

/** Opens by Enter and closes, twice: by Escape, and by the button where it has one. */
async function expectReturns(opener: Locator, cancel: string | null = 'Cancel') {
  const page = opener.page()
  const closings = [() => page.keyboard.press('Escape')]
  if (cancel) closings.push(() => overlay(page).getByRole('button', { name: cancel, exact: true }).press('Enter'))
  for (const close of closings) {
    await opener.press('Enter')
    await expect(overlay(page)).toBeVisible()
    await expect.poll(() => overlay(page).evaluate((element) => element.contains(document.activeElement))).toBe(true)
    await close()
    await expect(overlay(page)).toBeHidden()
    await expect(opener).toBeFocused()
  }
}

test('what opens over a page gives the focus back to its opener', async ({ dashboard: page, installation }) => {
  test.slow()
  const { id } = await inhabited(installation, 'opened')
  const { issuerId, providerId } = await standalone(installation)
  const reviewId = await startReview(installation)
  const tess = { name: 'Tess', email: 'tess@example.com', role: 'member', password: 'battery staple horse' }
  const added = await installation.api.post('/api/admin/members', tess)
  expect(added.status, added.text).toBe(201)
  const members = (await installation.api.get('/api/admin/members')).body.members
  const memberId = members.find(({ email }: { email: string }) => email === tess.email).id
  const receiver = { name: 'SIEM', url: 'https://siem.example/in', kinds: ['audit'] }
  const stream = await installation.api.post('/api/admin/streams', receiver)
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })

  await page.goto(`/identities/${id}`)
  await expectReturns(button('Issue token'))
  await expectReturns(button('Remove Token Auth'))
  await button('Issue token').focus()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys' }).getByRole('button', { name: 'Close' }).press('Enter')
  await expect(button('Issue token')).toBeFocused()
  await page.goto(`/identities/${id}?tab=tokens`)
  await expectReturns(button('Revoke nightly'))
  await expectReturns(button('Revoke all'))
  await page.goto(`/reviews/${reviewId}`)
  for (const act of ['Keep', 'Narrow', 'Remove']) await expectReturns(button(`${act} opened`).first())
  await expectReturns(button('Close review'))
  await page.goto(`/settings/members/${memberId}`)
  await expectReturns(page.getByRole('combobox', { name: 'Role of Tess' }), null)
  await expectReturns(button('Remove Tess'))
  await expectReturns(button('Make a password link for Tess'), null)
  await page.goto('/settings?tab=account')
  await expectReturns(button('Set up'), 'Close')
  await page.goto(`/issuers/${issuerId}`)
  await expectReturns(button('Remove this issuer'))
  await page.goto(`/providers/${providerId}`)
  await expectReturns(button('Remove this sign-in provider'))
  await page.goto(`/streams/${stream.body.id}`)
  await expectReturns(button('Edit'))
})

/** How many controls of a row Tab stops at. */
const tabStops = (row: Locator) =>
  row.evaluate(
    (element) =>
      [...element.querySelectorAll<HTMLElement>('a, button, [tabindex]')].filter(
        (control) => control.tabIndex >= 0 && control.checkVisibility(),
      ).length,
  )

test('a row is one Tab stop also where acts are in it, and arrow keys lead to them', async ({
  dashboard: page,
  installation,
}) => {
  await inhabited(installation, 'in a row')
  await standalone(installation)
  const reviewId = await startReview(installation)

  await page.goto('/providers')
  const provider = page.getByRole('row').filter({ hasText: 'Portal' }).first()
  await expect(provider).toBeVisible()
  expect(await tabStops(provider)).toBe(1)
  await provider.getByRole('link').focus()
  await page.keyboard.press('ArrowRight')
  await expect(provider.getByRole('button', { name: /^Activate/ })).toBeFocused()

  await page.goto(`/reviews/${reviewId}`)
  const items = page.getByRole('list', { name: 'Items', exact: true }).locator('> li')
  const item = items.filter({ has: page.getByRole('link', { name: 'in a row', exact: true }) }).first()
  await expect(item).toBeVisible()
  expect(await tabStops(item)).toBe(1)
  await item.getByRole('link', { name: 'in a row' }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(item.getByRole('checkbox')).toBeFocused()
  await page.keyboard.press('Space')
  await expect(item.getByRole('checkbox')).toBeChecked()
  await page.keyboard.press('ArrowRight')
  await expect(item.getByRole('link', { name: 'in a row' })).toBeFocused()
  // Past the time of the last login, to the acts.
  await page.keyboard.press('ArrowRight')
  await expect(item.locator('time').first()).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(item.getByRole('button', { name: 'Keep in a row' })).toBeFocused()
})

test('a row without a link is one Tab stop: its act, else its first control, and arrow keys lead to the others', async ({
  dashboard: page,
  installation,
}) => {
  const { id } = await inhabited(installation, 'with tokens')
  const issue = await installation.api.post(`/api/v1/auth/token-auth/identities/${id}/tokens`, { name: 'revoked' })
  expect(issue.status, issue.text).toBe(200)
  await page.goto(`/identities/${id}?tab=tokens`)
  const tokens = page.getByRole('table', { name: 'Access tokens' })
  const live = tokens.getByRole('row').filter({ hasText: 'nightly' })
  await expect(live.getByRole('button', { name: 'Revoke nightly' })).toBeVisible()
  await expect.poll(() => tabStops(live)).toBe(1)
  await live.getByRole('button', { name: 'Revoke nightly' }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(live.locator('time').last()).toBeFocused()

  const revoked = tokens.getByRole('row').filter({ hasText: 'revoked' })
  await revoked.getByRole('button', { name: 'Revoke revoked' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(revoked).toContainText('Revoked')
  await expect(revoked.getByRole('button')).toHaveCount(0)
  await expect.poll(() => tabStops(revoked)).toBe(1)
  await page.setViewportSize({ width: 390, height: 844 })
  await expect.poll(() => tabStops(revoked)).toBe(1)
})

test('a button that is busy, or has nothing more to do, keeps the focus and takes no further click', async ({
  dashboard: page,
  installation,
}) => {
  await inhabited(installation, 'busy')
  await page.goto('/identities?search=busy')
  const clear = page.getByRole('button', { name: 'Clear filters' })
  await expect(page.getByRole('link', { name: 'busy', exact: true })).toBeVisible()
  await expect(clear).toBeEnabled()
  await clear.press('Enter')
  await expect(page).toHaveURL(/\/identities$/)
  await expect(clear).toBeDisabled()
  await expect(clear).toBeFocused()

  let answer = () => {}
  const held = new Promise<void>((resolve) => {
    answer = resolve
  })
  const asked: string[] = []
  await page.route('**/audit-log/checkpoints', async (route) => {
    if (route.request().method() === 'POST') {
      asked.push(route.request().url())
      await held
    }
    await route.continue()
  })
  await page.goto('/audit')
  const make = page.getByRole('button', { name: 'Make checkpoint' })
  await make.press('Enter')
  await expect(make).toBeDisabled()
  await expect(make).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Space')
  answer()
  await expect(make).toBeEnabled()
  await expect(make).toBeFocused()
  expect(asked).toHaveLength(1)
})
