import type { Locator } from '@playwright/test'
import { expect, test } from '../fixtures/test'
import { startWebhookReceiver } from '../peers/webhook-receiver'
import { expectNoFindings, settled } from './accessibility'
import { goTo } from './go-to'

test('an admin makes a stream, tests it, sees what arrives and what does not, and resumes it', async ({
  dashboard: page,
  installation,
}) => {
  test.slow()
  const receiver = await startWebhookReceiver()
  await page.goto('/')
  await settled(page)
  await goTo(page, 'w')
  await expect(page.getByRole('heading', { name: 'Streams', level: 1 })).toBeVisible()
  await page.getByRole('button', { name: 'New stream' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New stream' })
  // The form is longer than the window; its buttons stay in view.
  const make = dialog.getByRole('button', { name: 'Create stream' })
  await expect(make).toBeInViewport({ ratio: 1 })
  // At the foot of the dialog, with nothing of the form below them.
  const edgeOf = async (part: Locator) => part.evaluate((element) => element.getBoundingClientRect().bottom)
  const bar = make.locator('..')
  await expect.poll(async () => Math.abs((await edgeOf(dialog)) - (await edgeOf(bar)))).toBeLessThan(2)
  await dialog.getByLabel('Name').fill('SIEM')
  await dialog.getByLabel('URL of the receiver').fill('ftp://siem.example')
  await dialog.getByRole('button', { name: 'Create stream' }).click()
  await expect(dialog.getByText(/Enter a URL that begins with https/)).toBeVisible()
  await dialog.getByLabel('URL of the receiver').fill(receiver.url)
  await dialog.getByRole('checkbox', { name: 'Accepted logins' }).press('Space')
  await dialog.getByRole('button', { name: 'Create stream' }).click()

  const once = page.getByRole('dialog', { name: 'The secret of this stream' })
  const secret = (await once.locator('code').textContent()) ?? ''
  expect(secret).toMatch(/^whsec_/)
  receiver.secret = secret
  await once.getByRole('button', { name: 'I have stored it' }).click()
  await expect(page.getByRole('heading', { name: 'SIEM', level: 1 })).toBeVisible()
  await expect(page.getByText(secret)).toHaveCount(0)

  await page.getByRole('button', { name: 'Send a test event' }).click()
  await expect(page.getByText('The receiver took the test event')).toBeVisible()
  const requests = page.getByRole('table', { name: 'Requests of this stream' })
  await expect(requests.getByRole('row', { name: /Test/ })).toContainText('Taken')
  expect(receiver.events.map(({ type }) => type)).toContain('keybound.stream.tested')

  receiver.status = 500
  await installation.identity('streamed')
  await expect(requests.getByText('Status 500').first()).toBeVisible({ timeout: 60_000 })
  await expect(requests.getByText('thank you').first()).toBeVisible()
  await expect(page.getByText('The receiver does not accept the requests')).toBeVisible()
  receiver.status = 200
  await page.getByRole('button', { name: 'Try again now' }).click()
  await expect
    .poll(() => receiver.events.map(({ type }) => type), { timeout: 60_000 })
    .toContain('keybound.audit.identity.created')
  await expect(page.getByText('Active', { exact: true })).toBeVisible({ timeout: 30_000 })
  await expectNoFindings(page, 'a stream')

  receiver.status = 410
  await installation.identity('streamed too')
  await expect(page.getByText('The receiver answered 410 (Gone).')).toBeVisible({ timeout: 60_000 })
  await page.goto('/')
  await page.getByRole('link', { name: /Paused SIEM The receiver answered 410/ }).click()
  await page.getByRole('button', { name: 'Resume from now on' }).click()
  receiver.status = 200
  await page.getByRole('alertdialog').getByRole('button', { name: 'Leave it out' }).click()
  await expect(page.getByText('Active', { exact: true })).toBeVisible({ timeout: 30_000 })

  await page.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove stream' }).click()
  await expect(page).toHaveURL('/streams')
  await expect(page.getByText('No streams')).toBeVisible()
  await receiver.stop()
})
