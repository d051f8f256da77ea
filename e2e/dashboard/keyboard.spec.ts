import { generateKeyPairSync } from 'node:crypto'
import type { Locator, Page } from '@playwright/test'
import { SignJWT } from 'jose'
import { expect, test } from '../fixtures/test'
import { editorOf } from './editor'
import { openPalette } from './go-to'

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()

const token = () =>
  new SignJWT({ environment: 'production' })
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuer('https://issuer.example')
    .setAudience('keybound')
    .setSubject('build-agent')
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(privateKey)

/** No way through a page is longer. */
const stopsMax = 120

const isFocused = (target: Locator) => target.evaluate((element) => element === document.activeElement)

/** Goes on with Tab until the focus is where it should be, and can be seen there. */
async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab') {
  const page = target.page()
  await expect(target.first()).toBeAttached()
  for (let stop = 0; stop < stopsMax; stop++) {
    if (await isFocused(target)) {
      await expect(target).toBeInViewport()
      expect(await hasVisibleFocus(page), `the focus on ${target} can be seen`).toBe(true)
      expect(await isCovered(page), `nothing sticks over ${target}`).toBe(false)
      return
    }
    await page.keyboard.press(key)
  }
  throw new Error(`${target} was not reached in ${stopsMax} steps with ${key}.`)
}

/** Whether the focused element, what it covers the row with, or the box that stands for it, is outlined. */
const hasVisibleFocus = (page: Page) =>
  page.evaluate(() => {
    const isOutlined = ({ outlineStyle, outlineWidth }: CSSStyleDeclaration) =>
      outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0
    const focused = document.activeElement
    const boxes = [focused, focused?.parentElement, focused?.parentElement?.parentElement].filter((box) => box != null)
    const styles = boxes.map((box) => getComputedStyle(box))
    if (focused) styles.push(getComputedStyle(focused, '::after'))
    return styles.some(isOutlined)
  })

/** Whether a bar that stays in view is over the focused element. */
const isCovered = (page: Page) =>
  page.evaluate(() => {
    const focused = document.activeElement
    if (!focused) return false
    const { left, top, bottom, width } = focused.getBoundingClientRect()
    const over = [top + 2, bottom - 2].map((y) => document.elementFromPoint(left + width / 2, y))
    return over.some((element) => {
      const sticky = element?.closest('header, th, [data-covers-top]')
      return sticky != null && !sticky.contains(focused)
    })
  })

/** Pastes where the focus is. */
async function pasteHere(page: Page, text: string) {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
  await page.keyboard.press('ControlOrMeta+V')
}

test('the main job is done with the keyboard alone', async ({ dashboard: page, installation }) => {
  test.slow()
  const { keyboard } = page
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()

  // Past the navigation at once, for who wants to.
  await tabTo(page.getByRole('link', { name: 'Skip to content' }))
  await keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()

  // To the identities by name.
  await keyboard.press('ControlOrMeta+K')
  await expect(page.getByRole('dialog', { name: 'Go anywhere' }).getByRole('combobox')).toBeFocused()
  await keyboard.type('identi')
  await expect(page.getByRole('option', { name: 'Identities', exact: true })).toHaveAttribute('aria-selected', 'true')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Identities', level: 1 })).toBeVisible()
  await expect(page.getByRole('dialog')).toBeHidden()

  await tabTo(page.getByRole('button', { name: 'Create identity' }).first())
  await keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Create identity' })
  await expect(dialog.getByLabel('Name', { exact: true })).toBeFocused()
  await keyboard.type('by keyboard')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'by keyboard', level: 1 })).toBeVisible()
  const identityId = new URL(page.url()).pathname.split('/').at(-1) ?? ''

  await tabTo(page.getByRole('link', { name: 'Set up JWT Auth' }))
  await keyboard.press('Enter')
  const editor = editorOf(page)
  await expect(editor.token).toBeEditable()

  await tabTo(editor.keys('JWKS URL'))
  // Held as long as it takes, as fingers do.
  await keyboard.down('ArrowRight')
  await expect(editor.keys('Static keys')).toBeChecked()
  await keyboard.up('ArrowRight')
  await tabTo(editor.pem)
  await pasteHere(page, pem)
  await tabTo(editor.issuer)
  await keyboard.type('https://issuer.example')
  await tabTo(editor.audiences)
  await keyboard.type('keybound')
  await keyboard.press('Enter')
  await keyboard.type('mistake')
  await keyboard.press('Enter')
  await expect(editor.audienceChips).toHaveText(['keybound', 'mistake'])
  await keyboard.press('Backspace')
  await expect(editor.audienceChips).toHaveText(['keybound'])
  await tabTo(editor.subject)
  await keyboard.type('build-*')
  await tabTo(editor.claims.getByRole('button', { name: 'Add claim' }))
  await keyboard.press('Enter')
  await expect(editor.claims.getByLabel('Claim 1')).toBeFocused()
  await keyboard.type('environment')
  await keyboard.press('Tab')
  await keyboard.type('production')
  // Enter adds a row, Backspace in an empty one takes it away.
  await keyboard.press('Enter')
  await expect(editor.claims.getByLabel('Claim 2')).toBeFocused()
  await keyboard.press('Backspace')
  await expect(editor.claims.getByLabel('Claim 1')).toBeFocused()

  await tabTo(editor.token)
  await pasteHere(page, `Bearer ${await token()}`)
  await expect(editor.verdict).toContainText(/^Accepted( ·|,)/)

  await tabTo(editor.review, 'Shift+Tab')
  await keyboard.press('Enter')
  const review = page.getByRole('dialog', { name: 'Set up JWT Auth' })
  await expect(review).toBeVisible()
  await tabTo(review.getByRole('button', { name: 'Save' }))
  await keyboard.press('Enter')
  await expect(page.getByText('Saved. The next login is judged by it.')).toBeVisible()

  const login = { identityId, jwt: await token() }
  expect((await installation.anonymous.post('/api/v1/auth/jwt-auth/login', login)).status).toBe(200)

  // And to the decision.
  await keyboard.press('ControlOrMeta+K')
  await keyboard.type('activity')
  await expect(page.getByRole('option', { name: 'Activity', exact: true })).toHaveAttribute('aria-selected', 'true')
  await keyboard.press('Enter')
  await tabTo(page.getByRole('link', { name: 'Accepted login of by keyboard' }))
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Login of by keyboard', level: 1 })).toBeVisible()
})

test('a dialog keeps the focus inside and gives it back', async ({ dashboard: page, installation }) => {
  const name = 'focus keeper'
  await page.goto(`/identities/${await installation.identity(name)}`)
  for (const opener of [
    page.getByRole('button', { name: 'Edit', exact: true }),
    page.getByRole('button', { name: 'Attach Token Auth' }),
    page.getByRole('button', { name: 'Delete identity' }),
  ]) {
    await tabTo(opener)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'))
    await expect(dialog).toBeVisible()
    const holdsFocus = () => dialog.evaluate((element) => element.contains(document.activeElement))
    await expect.poll(holdsFocus).toBe(true)
    for (let stop = 0; stop < 25; stop++) {
      await page.keyboard.press(stop < 20 ? 'Tab' : 'Shift+Tab')
      expect(await holdsFocus()).toBe(true)
    }
    // On a button without a tooltip: Escape would close that first.
    await dialog.getByRole('button', { name: 'Cancel' }).focus()
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(opener).toBeFocused()
  }
})

test('a tooltip is shown on focus; the palette gives the focus back, finds an identity, takes a request id, and offers only what matches while the answer is on its way', async ({
  dashboard: page,
  installation,
}) => {
  const needle = await installation.identity('needle in the haystack')
  await installation.identity('xq first of two')
  const second = await installation.identity('xq second of two')
  await page.goto('/settings')
  const palette = page.getByRole('dialog', { name: 'Go anywhere' })

  await test.step('a tooltip is shown on focus by keyboard, and goes on Escape', async () => {
    await tabTo(page.getByRole('button', { name: 'Collapse navigation' }))
    const tooltip = page.getByRole('tooltip')
    await expect(tooltip).toHaveText('Collapse navigation')
    await page.keyboard.press('Escape')
    await expect(tooltip).toBeHidden()
  })

  await test.step('the focus is given back', async () => {
    const tab = page.getByRole('tab', { name: 'Your account' })
    await tab.focus()
    await openPalette(page)
    await page.keyboard.press('Escape')
    await expect(palette).toBeHidden()
    await expect(tab).toBeFocused()
  })

  await test.step('an identity is found', async () => {
    await openPalette(page)
    await page.keyboard.type('needle')
    await expect(page.getByRole('option', { name: /needle in the haystack/ })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(`/identities/${needle}`)
  })

  await test.step('a request id is taken', async () => {
    const login = { identityId: needle, jwt: 'a.b.c' }
    const refused = await installation.anonymous.post('/api/v1/auth/jwt-auth/login', login)
    await page.keyboard.press('ControlOrMeta+K')
    await pasteHere(page, refused.body.reqId)
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(`/activity/${refused.body.reqId}`)
  })

  await test.step('only what matches is offered', async () => {
    await openPalette(page)
    await page.keyboard.type('xq')
    await expect(page.getByRole('group', { name: 'Identities' }).getByRole('option')).toHaveCount(2)
    const held: (() => Promise<void>)[] = []
    await page.route(/identities\?.*second/, (route) => void held.push(() => route.continue()))
    await page.keyboard.type(' second')
    await expect.poll(() => held.length).toBeGreaterThan(0)
    await expect(page.getByRole('group', { name: 'Identities' }).getByRole('option')).toHaveText([/xq second of two/])
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(`/identities/${second}`)
    for (const release of held) await release()
  })
})

test('leaving with unsaved changes is asked about, by keyboard too', async ({ dashboard: page, installation }) => {
  const id = await installation.identity('unsaved')
  await page.goto(`/identities/${id}/jwt-auth`)
  await editorOf(page).issuer.fill('https://issuer.example')
  await page.keyboard.press('ControlOrMeta+K')
  await page.keyboard.type('audit')
  await expect(page.getByRole('option', { name: 'Audit', exact: true })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Enter')
  const question = page.getByRole('alertdialog', { name: 'Leave without saving?' })
  await expect(question.getByRole('button', { name: 'Stay' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(question).toBeHidden()
  await expect(editorOf(page).issuer).toHaveValue('https://issuer.example')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Audit' }).press('Enter')
  await expect(question).toBeVisible()
  await question.getByRole('button', { name: 'Leave' }).press('Enter')
  await expect(page).toHaveURL('/audit')
})
