import type { Page } from '@playwright/test'
import { openOnPurpose } from '../fixtures/open-on-purpose'
import { expect, test } from '../fixtures/test'
import { settled } from './accessibility'
import { openEditor } from './editor'
import { openPage } from './go-to'
import { inhabited, pem, token } from './inhabited'

test('what is saved while offline, or after the session has ended, stays in the form and is sent by its author only', async ({
  dashboard: page,
  context,
  installation,
}) => {
  test.slow()
  const { id } = await inhabited(installation, 'mid-edit')
  const stored = async () => (await installation.api.get(`/api/admin/identities/${id}/trusts/jwt`)).body
  const subjects = async () =>
    JSON.stringify((await stored()).rules.filter(({ path }: { path: string }) => path === 'sub'))
  const editor = await openEditor(page, id)
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(request.url())
  })
  const saveIt = async () => {
    await editor.review.click()
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  }

  await editor.subject.fill('build-agent')
  await context.setOffline(true)
  await expect(page.getByRole('status').filter({ hasText: 'Offline' })).toBeVisible()
  await saveIt()
  await expect(page.getByText('You are offline. Nothing was saved')).toBeVisible()
  await context.setOffline(false)
  await expect(page.getByRole('status').filter({ hasText: 'Offline' })).toBeHidden()
  // Reads are asked again on reconnecting; a write that waited would have gone with them.
  await page.evaluate(() => fetch('/api/admin/session'))
  expect(sent.filter((url) => url.includes('/trusts/'))).toEqual([])
  await expect(editor.subject).toHaveValue('build-agent')

  // The same save, after the session has ended.
  await context.clearCookies()
  await saveIt()
  const again = page.getByRole('dialog', { name: 'Sign in again' })
  await expect(again.getByLabel('Email address')).toHaveValue('ada@example.com')
  await again.getByLabel('Password', { exact: true }).fill('correct horse battery staple')
  await again.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByText('Saved. The next login is judged by it.')).toBeVisible()
  await expect(page).toHaveURL(`/identities/${id}/jwt-auth`)
  expect(await subjects()).toContain('build-agent')
})

test('a login that any caller could have made is amber in lists and in its decision, which names who changed the trust', async ({
  dashboard: page,
  installation,
}) => {
  const id = await installation.identity('open to all')
  const keys = [{ kind: 'static-pem', pem }]
  const attached = await installation.api.post(`/api/admin/identities/${id}/trusts/jwt`, { keys, ...openOnPurpose })
  expect(attached.status, attached.text).toBe(201)
  const login = { identityId: id, jwt: await token() }
  expect((await installation.anonymous.post('/api/v1/auth/jwt-auth/login', login)).status).toBe(200)
  await page.goto(`/activity?identity=${id}`)
  const row = page.getByRole('table', { name: 'Login decisions' }).getByRole('row').nth(1)
  await expect(row).toContainText('Nothing says who may log in')
  await row.getByRole('link', { name: 'Accepted login of open to all' }).click()
  await expect(page.getByRole('region', { name: 'Answer' })).toContainText('Accepted, and so would be')
  await expect(page.getByText(/by Instance Admin Identity, version 1$/)).toBeVisible()
  await page.getByRole('link', { name: 'Version 1 of that time' }).click()
  await expect(page.getByRole('heading', { name: 'Versions of open to all', level: 1 })).toBeVisible()
})

test('states are seen in forced colours', async ({ dashboard: page, installation }) => {
  const { id } = await inhabited(installation, 'in forced colours')
  await page.emulateMedia({ forcedColors: 'active' })
  await openEditor(page, id)
  const background = (name: string) =>
    page.getByRole('radio', { name }).evaluate((radio) => getComputedStyle(radio).backgroundColor)
  expect(await background('Static keys')).not.toBe(await background('JWKS URL'))
  // A button without something to do is grey, as the browser paints disabled text, and not pale.
  const greyText = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('span'))
    probe.style.color = 'GrayText'
    const { color } = getComputedStyle(probe)
    probe.remove()
    return color
  })
  for (const name of ['Discard', 'Review and save']) {
    const button = page.getByRole('button', { name })
    await expect(button).toBeDisabled()
    await expect(button).toHaveCSS('color', greyText)
    await expect(button).toHaveCSS('opacity', '1')
    await expect(button).toHaveCSS('cursor', 'default')
  }
  await openPage(page, `/identities/${id}`)
  const underline = (name: string) =>
    page.getByRole('tab', { name }).evaluate((tab) => getComputedStyle(tab).textDecorationLine)
  expect(await underline('Overview')).toBe('underline')
  expect(await underline('Tokens')).toBe('none')
  const link = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Identities' })
  expect(await link.evaluate((current) => getComputedStyle(current).outlineStyle)).toBe('solid')

  await openPage(page, '/identities')
  const primary = page.getByRole('link', { name: 'Set up a login' }).first()
  const [ink, paper] = await primary.evaluate((act) => {
    const { color, backgroundColor, forcedColorAdjust } = getComputedStyle(act)
    // Otherwise the browser paints a plate behind the text, of a colour of its own.
    return forcedColorAdjust === 'none' ? [color, backgroundColor] : []
  })
  expect(ink).toBeDefined()
  expect(ink).not.toBe(paper)
})

test('a dialog warns of a second identity of a name, keeps typed text on Esc, and its toast covers no act', async ({
  dashboard: page,
  installation,
}) => {
  await installation.identity('deployer')
  await page.goto('/identities?new=1')
  const dialog = page.getByRole('dialog', { name: 'Create identity' })
  await dialog.getByLabel('Name', { exact: true }).fill('Deployer')
  await expect(dialog.getByText('Another identity has this name')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog.getByLabel('Name', { exact: true })).toHaveValue('Deployer')
  // U+202E turns what follows around, so that a name reads as another.
  await dialog.getByLabel('Name', { exact: true }).fill('admin\u202enimda')
  await dialog.getByRole('button', { name: 'Create identity' }).click()
  await expect(dialog.getByText('characters that are not seen')).toBeVisible()
  await dialog.getByLabel('Name', { exact: true }).fill('another')
  await dialog.getByRole('button', { name: 'Create identity' }).click()
  const toast = page.locator('[data-toast]')
  await expect(toast).toContainText('Identity another created')
  await expect(page.getByRole('heading', { name: 'another', level: 1 })).toBeVisible()
  // Held while it is pointed at. On a phone the bar is full, and it is at the foot.
  await toast.hover()
  const screen = page.viewportSize()
  await page.setViewportSize({ width: 390, height: 844 })
  const low = await toast.boundingBox()
  for (const act of await page.locator('header').locator('a, button, h1').all()) {
    const other = await act.boundingBox()
    if (low && other) expect(other.y + other.height).toBeLessThan(low.y)
  }
  if (screen) await page.setViewportSize(screen)
  // It moves to its place.
  await expect(async () => {
    const box = await toast.boundingBox()
    const acts = page.locator('main').locator('a, button, input, [role=tab]').or(page.locator('header button'))
    for (const act of await acts.all()) {
      const other = await act.boundingBox()
      if (!box || !other) continue
      const apart = box.x >= other.x + other.width || other.x >= box.x + box.width
      expect(apart || box.y >= other.y + other.height || other.y >= box.y + box.height, `${other.x}, ${other.y}`).toBe(
        true,
      )
    }
  }).toPass()
})

test('the frame is there before any script, pages are fetched ahead on intent only, and filters move no list', async ({
  dashboard: page,
  browser,
  baseURL,
  installation,
}) => {
  await inhabited(installation, 'at once')
  const bare = await browser.newContext({ javaScriptEnabled: false, baseURL })
  await installation.signIn(bare)
  const unscripted = await bare.newPage()
  await unscripted.goto('/activity')
  const names = await unscripted.getByRole('navigation', { name: 'Main' }).first().getByRole('link').allTextContents()
  expect(names).toEqual(expect.arrayContaining(['Overview', 'Identities', 'Activity', 'Settings']))
  await expect(unscripted.getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible()
  await unscripted.goto('/posture?tab=map')
  await expect(unscripted.getByRole('heading', { name: 'Who trusts what', level: 2 })).toBeVisible()
  await unscripted.goto('/identities/new')
  await expect(unscripted.getByRole('button', { name: /^GitHub Actions/ }).first()).toBeVisible()
  await bare.close()

  const ahead: string[] = []
  page.on('request', (request) => {
    if (request.headers()['next-router-prefetch'] !== undefined) ahead.push(new URL(request.url()).pathname)
  })
  await page.goto('/activity')
  await settled(page)
  expect(ahead).toEqual([])
  const issuers = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Issuers' })
  await issuers.hover()
  await expect.poll(() => ahead).toContain('/issuers')

  const top = async () => (await page.getByRole('table', { name: 'Login decisions' }).boundingBox())?.y
  const before = await top()
  await expect(page.getByRole('button', { name: 'Clear filters' })).toBeDisabled()
  await page.getByRole('combobox', { name: 'Outcome' }).click()
  await page.getByRole('option', { name: 'Refused' }).click()
  await expect(page.getByRole('button', { name: 'Clear filters' })).toBeEnabled()
  await expectUrl(page, 'outcome=refused')
  expect(await top()).toBe(before)
  await page.getByRole('combobox', { name: 'Range' }).click()
  await page.getByRole('option', { name: 'Between two days' }).click()
  await expect(page.getByLabel('To (UTC)')).toHaveValue(/^\d{4}-/)
  await openPage(page, '/identities')
  await page.getByRole('combobox', { name: 'Last login' }).click()
  await page.getByRole('option', { name: 'Never' }).click()
  await expectUrl(page, 'lastLogin=never')
  await expect(page.getByRole('link', { name: 'at once', exact: true })).toBeHidden()
  await openPage(page, '/')
  await page
    .getByRole('link', { name: /refused$/ })
    .first()
    .click()
  await expectUrl(page, /from=\d{4}-\d\d-\d\d/)
})

const expectUrl = (page: Page, part: string | RegExp) => expect(page).toHaveURL(new RegExp(part))
