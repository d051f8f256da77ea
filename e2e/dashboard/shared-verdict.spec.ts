import { createIssuer } from '../apis/issuer'
import { expect, test } from '../fixtures/test'
import { expectAccepted, openEditor, paste } from './editor'

const signer = createIssuer()

test('a shared verdict says what was judged when it was shared, and apart from it how the token stands now', async ({
  dashboard: page,
  installation,
}) => {
  test.slow()
  const editor = await openEditor(page, await installation.identity('shared'))
  await editor.keys('Static keys').click()
  await editor.pem.fill(signer.pem)
  await editor.audiences.fill('keybound')
  await editor.audiences.press('Enter')
  const token = signer.token()
  await paste(editor.token, token)
  await expectAccepted(page)
  await page.getByRole('button', { name: 'Copy link' }).click()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(decodeURIComponent(link)).not.toContain(token.split('.')[2])

  const visitor = await page.context().browser()?.newPage()
  if (!visitor) throw new Error('There is no browser.')
  await visitor.clock.setFixedTime(Date.now() + 3_600_000)
  await visitor.goto(link)
  const then = visitor.locator('section').filter({ hasText: 'When shared' })
  await expect(then.getByRole('status', { name: 'Verdict' })).toContainText('Accepted')
  await expect(visitor.getByText('By its own times, the token is expired.')).toBeVisible()
  await visitor.close()
})
