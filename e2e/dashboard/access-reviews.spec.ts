import { expect, test } from '../fixtures/test'
import { expectNoFindings, settled } from './accessibility'
import { goTo, openPage } from './go-to'
import { inhabited } from './inhabited'

test('several items are removed after a question that says what is lost, and a review is edited', async ({
  dashboard: page,
  installation,
}) => {
  await inhabited(installation, 'with a trust')
  await installation.identity('first of two')
  await installation.identity('second of two')
  const dueAt = new Date(Date.now() + 7 * 86_400_000).toISOString()
  const started = await installation.api.post('/api/admin/reviews', {
    ...{ name: 'Many', dueAt, scope: { kinds: ['identity'] } },
  })
  await page.goto(`/reviews/${started.body.id}`)
  for (const name of ['first of two', 'second of two']) {
    await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).click()
  }
  await expect(page.getByText('2 items selected')).toBeVisible()
  await expectNoFindings(page, 'an access review with selected items')
  await page.getByRole('button', { name: 'Remove 2' }).click()
  const dialog = page.getByRole('dialog', { name: 'Remove 2 items?' })
  await expect(dialog.getByText('2 identities. No live access token is affected.')).toBeVisible()
  await dialog.getByLabel('Reason').fill('The project ended in May.')
  await dialog.getByRole('button', { name: 'Remove 2 items' }).click()
  await expect(page.getByText(/Removed by .*The project ended in May\./)).toHaveCount(2)

  await page.getByRole('button', { name: 'Edit' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit Many' })
  await edit.getByLabel('Name').fill('Many of them')
  await edit.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: 'Many of them', level: 1 })).toBeVisible()

  // Overriding a decision says whose it is, and needs a reason.
  await page.getByRole('button', { name: 'Narrow with a trust' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Narrow' }).click()
  await page.getByRole('button', { name: 'Keep with a trust' }).click()
  const keep = page.getByRole('dialog', { name: 'Keep with a trust?' })
  await expect(keep.getByText('This overrides “To be narrowed”')).toBeVisible()
  await keep.getByLabel('Reason').fill('The nightly release needs it as it is.')
  await keep.getByRole('button', { name: 'Keep', exact: true }).click()
  await expect(page.getByText(/Overrides “To be narrowed” by ada@example\.com/)).toBeVisible()
})

test('an admin starts a review, keeps, narrows and removes, and closes it; who can see what is beside it', async ({
  dashboard: page,
  installation,
}) => {
  test.slow()
  const { id } = await inhabited(installation, 'release agent')
  await installation.identity('left over')
  await page.goto('/')
  await settled(page)
  await goTo(page, 'v')
  await expect(page.getByRole('heading', { name: 'Access reviews', level: 1 })).toBeVisible()
  await page.getByRole('button', { name: 'Start review' }).first().click()
  const start = page.getByRole('dialog', { name: 'Start an access review' })
  await start.getByRole('button', { name: 'Start review' }).click()
  await expect(start.getByText('Give the review a name.')).toBeVisible()
  await start.getByLabel('Name').fill('Fourth quarter')
  await start.getByRole('checkbox', { name: 'People' }).press('Space')
  await start.getByRole('button', { name: 'Start review' }).click()

  await expect(page.getByRole('heading', { name: 'Fourth quarter', level: 1 })).toBeVisible()
  const items = page.getByRole('list', { name: 'Items' })
  const item = (name: string) =>
    items.getByRole('listitem').filter({ has: page.getByRole('button', { name: `Remove ${name}`, exact: true }) })
  await expect(item('left over')).toContainText('It has no way to log in')
  await expectNoFindings(page, 'an access review')

  await items.getByRole('button', { name: 'Remove left over' }).click()
  const remove = page.getByRole('dialog', { name: 'Remove left over?' })
  await remove.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(remove.getByText('Say why in at least 10 characters.')).toBeVisible()
  await remove.getByLabel('Reason').fill('The project ended in May.')
  await remove.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(items.getByText(/Removed by ada@example\.com.*The project ended in May\./)).toBeVisible()

  await items.getByRole('button', { name: 'Narrow release agent' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Narrow' }).click()
  await expect(items.getByRole('link', { name: 'Open its page' })).toHaveAttribute('href', `/identities/${id}`)

  await page.getByRole('button', { name: 'Keep what has no findings' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Keep them' }).click()
  await page.getByRole('button', { name: 'Close review' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Close review' }).click()
  await expect(page.getByText('Closed', { exact: true })).toBeVisible()
  await expect(items.getByText('Undecided').first()).toBeVisible()
  await expect(items.getByRole('button', { name: /^Remove/ })).toHaveCount(0)

  await openPage(page, '/settings?tab=access')
  const people = page.getByRole('table', { name: 'Who can see what' })
  await expect(people.getByRole('row', { name: /ada@example/ })).toContainText('Changes: Identities, trusts')
  await expectNoFindings(page, 'who can see what')
  const file = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'CSV' }).click()
  expect((await file).suggestedFilename()).toMatch(/^keybound-people-access-.*\.csv$/)
})

test('an item that could not be compared says so, and is compared again', async ({ dashboard: page, installation }) => {
  await inhabited(installation, 'set aside')
  const started = await installation.api.post('/api/admin/reviews', {
    ...{ name: 'Aside', dueAt: new Date(Date.now() + 7 * 86_400_000).toISOString(), scope: { kinds: ['identity'] } },
  })
  await page.goto(`/reviews/${started.body.id}`)
  await page.getByRole('button', { name: 'Narrow set aside' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Narrow' }).click()
  await expect(page.getByRole('link', { name: 'Open its page' })).toBeVisible()
  // What cannot be compared is rare: here the answer says that this item is such a one.
  const aside = 'Version 1, with which it is compared, is not kept any more.'
  await page.route(/\/reviews\/[^/]+\/items/, async (route) => {
    const response = await route.fetch()
    const body = await response.json()
    const items = body.items.map((item: object) => ({ ...item, aside }))
    await route.fulfill({ response, json: { ...body, items } })
  })
  await page.reload()
  const callout = page.getByRole('note').filter({ hasText: aside }).first()
  await expect(callout).toContainText('It could not be determined whether it is narrower')
  const asked = page.waitForRequest((request) => request.url().endsWith('/settle') && request.postDataJSON().again)
  await callout.getByRole('button', { name: 'Compare again' }).click()
  await asked
  await expect(page.getByText('Compared: nothing could be settled')).toBeVisible()
})
