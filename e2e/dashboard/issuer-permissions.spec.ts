import { randomUUID } from 'node:crypto'
import type { Locator } from '@playwright/test'
import { createIssuer } from '../apis/issuer'
import { expect } from '../fixtures/test'
import { save } from './editor'
import { jwkOf, made, openIssuer, rawPrm, read, test } from './issuer-editor'

const uint64Max = 2n ** 64n - 1n

test('switches and number agree over all 64 bits, in decimal and in hex, and are stored exactly', async ({
  dashboard: page,
  installation,
}) => {
  const iss = `https://issuer.example/${randomUUID()}`
  const keys = [jwkOf(createIssuer(), 'a')]
  const id = await made(
    installation,
    `{"iss":"${iss}","project":{"id":"p"},"keys":${JSON.stringify(keys)},"prm":18446744073709551615}`,
  )
  const editor = await openIssuer(page, id)
  await expect(editor.permissions).toHaveValue(String(uint64Max))
  await expect(editor.otherNotation('= 0xffffffffffffffff')).toBeVisible()
  await expect(editor.bitsOn).toHaveCount(64)

  // One switch, one bit, at both ends.
  await editor.bit(63).click()
  await expect(editor.permissions).toHaveValue('9223372036854775807')
  await editor.bit(0).click()
  await expect(editor.permissions).toHaveValue('9223372036854775806')
  await expect(editor.bitsOn).toHaveCount(62)

  // In forced colours the numbers can be read, and on is not off.
  await page.emulateMedia({ forcedColors: 'active' })
  const paper = (part: Locator) => part.evaluate((element) => getComputedStyle(element).backgroundColor)
  expect(await paper(editor.bit(1).getByText('1'))).toMatch(/, 0\)$/)
  const track = (bit: number) => editor.bit(bit).locator('> [aria-hidden]')
  expect(await paper(track(0))).not.toBe(await paper(track(1)))
  await page.emulateMedia({ forcedColors: 'none' })

  // Hex stays hex, whichever way it is changed.
  await editor.permissions.fill('0xF0')
  await expect(editor.otherNotation('= 240')).toBeVisible()
  await expect(editor.bitsOn).toHaveCount(4)
  await expect(editor.bit(4)).toBeChecked()
  await expect(editor.bit(7)).toBeChecked()
  await editor.bit(53).click()
  await expect(editor.permissions).toHaveValue('0x200000000000f0')

  // What is no mask stays as typed, says what is expected, and is not saved.
  for (const wrong of ['18446744073709551616', '0x1g', '-1', '1e3', '1.5']) {
    await editor.permissions.fill(wrong)
    await expect(editor.permissions).toHaveAttribute('aria-invalid', 'true')
    await expect(editor.permissions).toHaveValue(wrong)
    await expect(editor.permissions).toHaveAccessibleDescription(/whole number|more than 64 bits/)
    await expect(editor.bitsOn).toHaveCount(5)
  }
  await editor.review.click()
  await expect(page.getByRole('dialog')).toBeHidden()
  await editor.bit(0).click()
  await expect(editor.permissions).not.toHaveAttribute('aria-invalid', 'true')
  await expect(editor.bitsOn).toHaveCount(6)

  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(editor.permissions).toHaveValue('')
  await expect(editor.permissions).toBeFocused()
  await expect(editor.bitsOn).toHaveCount(0)
  await expect(editor.allNote).toBeVisible()

  // Discarding brings back what is stored, in the box and on the switches.
  await page.getByRole('button', { name: 'Discard' }).click()
  await expect(editor.permissions).toHaveValue(String(uint64Max))
  await expect(editor.bitsOn).toHaveCount(64)

  await editor.permissions.fill('0x20000000000001')
  await save(page)
  expect(rawPrm((await read(installation, iss)).text)).toBe('9007199254740993')
  await page.reload()
  await expect(editor.permissions).toHaveValue('9007199254740993')
})

test('the permissions are set with the keyboard alone', async ({ dashboard: page, installation }) => {
  const iss = `https://issuer.example/${randomUUID()}`
  const keys = [jwkOf(createIssuer(), 'a')]
  const id = await made(installation, JSON.stringify({ iss, project: { id: 'p' }, keys, prm: 1 }))
  const editor = await openIssuer(page, id)
  const { keyboard } = page

  await editor.permissions.focus()
  await keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Clear', exact: true })).toBeFocused()
  await keyboard.press('Tab')
  await expect(page.locator('summary').filter({ hasText: '64 switches' })).toBeFocused()
  // All switches are one stop; the arrow keys go between them.
  await keyboard.press('Tab')
  await expect(editor.bit(0)).toBeFocused()
  const outline = await editor.bit(0).evaluate((element) => getComputedStyle(element).outlineStyle)
  expect(outline).not.toBe('none')
  await keyboard.press('Space')
  await expect(editor.bit(0)).not.toBeChecked()
  await keyboard.press('ArrowRight')
  await keyboard.press('ArrowDown')
  await expect(editor.bit(9)).toBeFocused()
  await keyboard.press('Enter')
  await expect(editor.bit(9)).toBeChecked()
  await keyboard.press('End')
  await expect(editor.bit(15)).toBeFocused()
  await keyboard.press('Control+End')
  await expect(editor.bit(63)).toBeFocused()
  await keyboard.press('ArrowRight')
  await expect(editor.bit(63)).toBeFocused()
  await keyboard.press('Space')
  await expect(editor.permissions).toHaveValue('9223372036854776320')
  await keyboard.press('Tab')
  await expect(page.locator('summary').filter({ hasText: 'More rules' })).toBeFocused()
  // Back to the switch that was used last, and to the box.
  await keyboard.press('Shift+Tab')
  await expect(editor.bit(63)).toBeFocused()
  await keyboard.press('Shift+Tab')
  await keyboard.press('Enter')
  await expect(editor.grid).toBeHidden()
  await keyboard.press('Shift+Tab')
  await keyboard.press('Enter')
  await expect(editor.permissions).toBeFocused()
  await expect(editor.permissions).toHaveValue('')
})
