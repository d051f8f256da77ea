import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { admin, expect, test } from '../fixtures/test'
import { settled } from './accessibility'
import { goTo, openPage } from './go-to'
import { inhabited, standalone, token } from './inhabited'

test('lists and pages are walked by keys alone, one Tab stop a row', async ({ dashboard: page, installation }) => {
  test.slow()
  const { id } = await inhabited(installation, 'walked first')
  await installation.identity('walked second')
  const { keyboard } = page
  await page.goto('/')
  await settled(page)

  await keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keys' })
  await expect(help.getByText('Identities')).toBeVisible()
  await keyboard.press('Escape')
  await expect(help).toBeHidden()

  await goTo(page, 'i')
  await expect(page).toHaveURL('/identities')
  const row = (name: string) => page.getByRole('table', { name: 'Identities' }).getByRole('link', { name })
  await expect(row('walked first')).toBeVisible()
  await keyboard.press('/')
  await expect(page.getByRole('searchbox', { name: 'Search identities' })).toBeFocused()
  // Typed, not walked.
  await keyboard.type('walked j')
  await expect(page.getByRole('searchbox', { name: 'Search identities' })).toHaveValue('walked j')
  await keyboard.press('Backspace')
  await keyboard.press('Backspace')
  await keyboard.press('Enter')
  await expect(page).toHaveURL(/search=walked/)
  await keyboard.press('Escape')
  await expect(page.getByRole('searchbox', { name: 'Search identities' })).toHaveValue('walked')

  await expect(page.getByRole('table', { name: 'Identities' }).getByRole('row')).toHaveCount(3)
  await keyboard.press('j')
  await expect(row('walked first')).toBeFocused()
  await keyboard.press('j')
  await expect(row('walked second')).toBeFocused()
  await keyboard.press('k')
  await expect(row('walked first')).toBeFocused()
  await keyboard.press('Tab')
  await expect(row('walked second')).toBeFocused()
  await keyboard.press('ArrowRight')
  await expect(row('walked second')).not.toBeFocused()
  await keyboard.press('ArrowUp')
  await keyboard.press('ArrowLeft')
  await expect(row('walked first')).toBeFocused()
  await keyboard.press('Enter')
  await expect(page).toHaveURL(`/identities/${id}`)
})

test('the palette finds objects, people and acts, searches logins by address, and does not send a pasted token', async ({
  dashboard: page,
  installation,
}) => {
  test.slow()
  const { issuerId } = await standalone(installation)
  const { body: members } = await installation.api.get('/api/admin/members')
  const palette = page.getByRole('dialog', { name: 'Go anywhere' })
  const choose = async (typed: string, option: RegExp) => {
    await page.keyboard.press('ControlOrMeta+K')
    await palette.getByRole('combobox').fill(typed)
    await palette.getByRole('option', { name: option }).first().click()
    await expect(palette).toBeHidden()
  }
  await page.goto('/settings')
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
  await choose('issuer.example', /^https:\/\/issuer\.example/)
  await expect(page).toHaveURL(`/issuers/${issuerId}`)
  await choose('ada@example.com', /ada@example\.com$/)
  await expect(page).toHaveURL(`/settings/members/${members.members[0].id}`)
  await choose('203.0.113.9', /^Logins with/)
  await expect(page).toHaveURL('/activity?search=203.0.113.9')
  const bare = await installation.identity('without a method')
  await choose('attach jwt auth to without', /^Attach JWT Auth to without a method/)
  await expect(page).toHaveURL(`/identities/${bare}/jwt-auth`)
  await expect(page.getByRole('heading', { name: 'without a method', level: 1 })).toBeVisible()
  await choose('issuer.example/jwks', /^https:\/\/issuer\.example\/jwks/)
  await expect(page).toHaveURL(/\/key-sources\//)
  await choose('new identity', /^New identity/)
  await expect(page.getByRole('dialog', { name: 'Create identity' })).toBeVisible()
  await page.keyboard.press('Escape')

  const jwt = await token()
  const sent: string[] = []
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
  await choose(jwt, /^Open in tester/)
  await expect(page).toHaveURL('/tester')
  await expect(page.getByRole('textbox', { name: 'Token', exact: true })).toHaveValue(jwt)
  expect(sent.filter((request) => request.includes(jwt.slice(0, 40)))).toEqual([])
})

test('a day of the chart leads to its logins, which pivot on an address and are kept as a view', async ({
  dashboard: page,
  installation,
}) => {
  test.slow()
  const { id, reqId } = await inhabited(installation, 'pivot')
  await page.goto('/')
  await expect(page.getByRole('link', { name: /^Refused logins, 7 days/ })).toHaveAttribute('href', /from=\d{4}-/)
  await expect(page.getByRole('heading', { name: 'Last changes' })).toBeVisible()
  const today = new Date().toISOString().slice(0, 10)
  await page.locator(`a[href="/activity?from=${today}&to=${today}"]`).first().click()
  await expect(page.getByRole('table', { name: 'Login decisions' }).getByRole('link').first()).toBeVisible()

  await openPage(page, `/activity/${reqId}`)
  const answer = page.getByRole('region', { name: 'Answer' })
  await expect(answer).toContainText('expected')
  await expect(answer).toContainText('What to do')
  await expect(page.getByRole('table', { name: 'Claims' }).getByRole('row').nth(1)).toContainText('Failed')
  const address = page
    .getByRole('main')
    .getByTitle('Logins with this value')
    .filter({ hasText: /^(127\.|::)/ })
  await address.first().click()
  await expect(page).toHaveURL(/\/activity\?search=/)
  await expect(page.getByRole('link', { name: 'Refused login of pivot' }).first()).toBeVisible()

  const search = new URL(page.url()).search
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByLabel('Name of the view').fill('From here')
  await page.getByRole('button', { name: 'Save view' }).click()
  await page.goto('/activity')
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('link', { name: 'From here' }).click()
  await expect(page).toHaveURL(`/activity${search}`)

  await openPage(page, `/identities/${id}`)
  const strip = page.getByRole('link', { name: '1 accepted and 1 refused in 30 days' })
  await expect(strip).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Last refusal' })).toBeVisible()
})

/** Scripts of a page that a browser of today loads with it, compressed, in KiB. */
async function scriptsOf(page: Page, path: string): Promise<number> {
  const html = await (await page.request.get(path)).text()
  const scripts = [...html.matchAll(/<script[^>]+>/g)].flatMap(([tag]) =>
    / nomodule/i.test(tag) ? [] : (/ src="([^"]+\.js[^"]*)"/.exec(tag)?.[1] ?? []),
  )
  const sizes = await Promise.all(
    [...new Set(scripts)].map(async (script) => gzipSync(await (await page.request.get(script)).body()).length),
  )
  return Math.ceil(sizes.reduce((sum, size) => sum + size, 0) / 1024)
}

test('a list loads at most 200 KiB of scripts, an editor and a guided set-up at most 300', async ({
  dashboard: page,
  installation,
}) => {
  const { id } = await inhabited(installation, 'weighed')
  const { issuerId, providerId } = await standalone(installation)
  const lists = ['/', '/identities', '/issuers', '/providers', '/activity', '/incidents', '/key-sources', '/audit']
  const editors = [
    ...[
      `/identities/${id}/jwt-auth`,
      `/identities/${id}/oidc-auth`,
      `/issuers/${issuerId}`,
      `/providers/${providerId}`,
    ],
    ...['/identities/new', '/issuers/set-up', '/providers/set-up', '/tester'],
  ]
  const weighed = async (paths: string[]) =>
    Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await scriptsOf(page, path)] as const)))
  const tooMuch = (sizes: Record<string, number>, most: number) =>
    Object.entries(sizes).filter(([, size]) => size > most)
  expect(
    tooMuch(await weighed([...lists, '/streams', '/posture', '/settings', '/api-reference', '/sign-in']), 200),
  ).toEqual([])
  expect(tooMuch(await weighed(editors), 300)).toEqual([])
})

/** Holds requests back. Returns the function that lets them go on. */
async function holdBack(page: Page, urls: string): Promise<() => void> {
  let release = () => {}
  const later = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(urls, async (route) => {
    await later
    await route.continue()
  })
  return release
}

test('a dialog opened before its scripts are loaded says so, opens on retry if they failed, and returns the focus', async ({
  dashboard: page,
}) => {
  const chunks = '**/_next/static/chunks/*.js'
  await page.goto('/identities')
  await settled(page)
  const release = await holdBack(page, chunks)
  await page.getByRole('button', { name: /^Account of/ }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Loading…' })).toBeVisible()
  release()
  await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible()
  await page.unroute(chunks)

  await page.goto('/identities')
  await settled(page)
  await page.route(chunks, (route) => route.abort())
  await page.getByRole('button', { name: 'Create identity' }).first().focus()
  await page.keyboard.press('Enter')
  const failure = page.getByRole('alertdialog', { name: 'This part of the page could not be loaded' })
  await expect(failure).toBeVisible()
  await page.unroute(chunks)
  await page.keyboard.press('Tab')
  await failure.getByRole('button', { name: 'Try again' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Create identity' })
  await expect(dialog.getByLabel('Name', { exact: true })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('button', { name: 'Create identity' }).first()).toBeFocused()
})

test('a button that is pressed before the scripts of its page are there does its act when they are', async ({
  dashboard: page,
}) => {
  const scripts = '**/_next/static/**/*.js'
  const release = await holdBack(page, scripts)
  await page.goto('/identities', { waitUntil: 'commit' })
  await page.getByRole('button', { name: 'Create identity' }).first().click()
  release()
  const dialog = page.getByRole('dialog', { name: 'Create identity' })
  await expect(dialog.getByLabel('Name', { exact: true })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})

test('with a token and the keyboard alone, the reason of its refusal is found', async ({
  page,
  installation: here,
}) => {
  test.slow()
  await inhabited(here, 'nearest to it')
  await page.goto('/sign-in')
  await expect(page.getByLabel('Email')).toBeFocused()
  await page.keyboard.type(admin.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(admin.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()
  await settled(page)

  await goTo(page, 't')
  await expect(page.getByRole('heading', { name: 'Tester', level: 1 })).toBeVisible()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate(
    (copied) => navigator.clipboard.writeText(copied),
    await token({ repository: { owner: 'acmee' } }),
  )
  await page.keyboard.press('ControlOrMeta+V')
  await expect(page.getByRole('textbox', { name: 'Token', exact: true })).toBeFocused()
  const nearest = page.getByRole('list', { name: 'Trusts' }).locator('> li').first()
  const reason = nearest.getByRole('list', { name: 'Checks', exact: true })
  await expect(reason).toContainText('acme')
  await expect(reason).toContainText('acmee')
})
