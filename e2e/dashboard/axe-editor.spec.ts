import { expect, test } from '../fixtures/test'
import { startJwksServer } from '../peers/jwks-server'
import { expectNoFindings, settled } from './accessibility'
import { editorOf, paste } from './editor'
import { openPage } from './go-to'
import { inhabited, pem, token } from './inhabited'

test('the editor has no findings, with any kind of keys, with a token, with errors', async ({
  dashboard: page,
  installation,
}) => {
  test.setTimeout(180_000)
  const source = await startJwksServer()
  try {
    source.rotate({ kid: 'first' })
    await page.goto(`/identities/${await installation.identity('edited')}/jwt-auth`)
    const editor = editorOf(page)
    await settled(page)
    await expectNoFindings(page, 'empty editor')

    await page.getByLabel('JWKS URL', { exact: true }).and(page.getByRole('textbox')).fill(source.jwksUrl)
    await page.getByRole('button', { name: 'Fetch keys now' }).click()
    await expect(page.getByRole('table', { name: 'Keys of this source' })).toBeVisible()
    await page.locator('summary').filter({ hasText: 'CA certificate' }).click()
    await expectNoFindings(page, 'editor with fetched keys')

    await editor.keys('Static keys').click()
    await editor.pem.fill(pem)
    await editor.audiences.fill('keybound')
    await editor.audiences.press('Enter')
    await editor.claims.getByRole('button', { name: 'Add claim' }).click()
    await editor.claims.getByLabel('Claim 1').fill('repository.owner')
    await editor.claims.getByLabel('Value of repository.owner').fill('acme')
    await paste(editor.token, await token())
    await expect(editor.verdict).toContainText('Accepted')
    await page.locator('summary').filter({ hasText: 'Advanced' }).click()
    for (const words of ['passed', 'not made']) {
      await page
        .locator('summary')
        .filter({ hasText: new RegExp(`^\\d+ ${words}$`) })
        .click()
    }
    for (const name of ['Tree', 'JSON', 'Table']) await page.getByRole('tab', { name, exact: true }).click()
    await page.getByRole('button', { name: 'Log in for real' }).click()
    await expectNoFindings(page, 'editor with an accepted token')

    await editor.issuer.fill('https://issuer.example/')
    await editor.claims.getByRole('button', { name: 'Add claim' }).click()
    await editor.claims.getByLabel('Claim 2').fill('repository.owner')
    await editor.pem.fill('nonsense')
    await editor.review.click()
    await expect(editor.verdict).toContainText(/Refused|Waiting/)
    await expectNoFindings(page, 'editor with errors and a refused token')

    await page.getByRole('button', { name: 'Test issuer' }).click()
    await expect(page.getByRole('region', { name: 'Test issuer' })).toBeVisible()
    await expectNoFindings(page, 'editor with the test issuer')
  } finally {
    await source.stop()
  }
})

test('a saved trust, the tester and what opens above a page have no findings', async ({
  dashboard: page,
  installation,
}) => {
  test.setTimeout(180_000)
  const { id } = await inhabited(installation, 'above')
  await page.goto(`/identities/${id}/jwt-auth`)
  const editor = editorOf(page)
  await settled(page)
  await expect(page.getByRole('heading', { name: 'Log in from your workload' })).toBeVisible()
  await expectNoFindings(page, 'saved trust')
  await editor.subject.fill('build-*')
  await editor.review.click()
  await expect(page.getByRole('dialog', { name: 'Review changes' })).toBeVisible()
  await expectNoFindings(page, 'review of changes')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Discard' }).click()
  await page.getByRole('button', { name: 'Remove JWT Auth' }).click()
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await expectNoFindings(page, 'question before an end')
  await page.keyboard.press('Escape')

  await openPage(page, '/tester')
  await settled(page)
  await paste(editor.token, await token({ groups: ['c'] }))
  await expect(page.getByRole('list', { name: 'Trusts' }).getByRole('listitem').first()).toBeVisible()
  await expect(page.getByRole('list', { name: 'Checks', exact: true })).toBeVisible()
  await expectNoFindings(page, 'tester with a token')

  await page.keyboard.press('ControlOrMeta+K')
  await expect(page.getByRole('dialog', { name: 'Go anywhere' })).toBeVisible()
  await expectNoFindings(page, 'palette')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog', { name: 'Go anywhere' })).toBeHidden()

  await openPage(page, '/identities')
  await settled(page)
  await page.getByRole('button', { name: 'Create identity' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create identity' })
  await dialog.getByRole('button', { name: 'Add metadata' }).click()
  await dialog.getByRole('button', { name: 'Create identity' }).click()
  await expect(dialog.getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await expectNoFindings(page, 'dialog with errors')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()

  await openPage(page, '/settings')
  await page.getByRole('button', { name: 'Add person' }).click()
  await expect(page.getByRole('dialog', { name: 'Add a person' })).toBeVisible()
  await expectNoFindings(page, 'adding a person')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Account of/ }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await expectNoFindings(page, 'account menu', '[role=menu]')
})
