import type { Page } from '@playwright/test'
import { admin, expect, test } from '../fixtures/test'
import { startIssuer } from './discovery-issuer'
import { editorOf, expectAccepted, paste } from './editor'

/** For what the server judges at length, on a machine that has other work. */
const patient = { timeout: 60_000 }

/** Counts the clicks of a person in all pages of a tab. */
async function countClicks(page: Page) {
  let clicks = 0
  await page.exposeFunction('countClick', () => void clicks++)
  await page.addInitScript(() => {
    // Enter on a button is a click without a pointer.
    const count = (event: PointerEvent) => event.isTrusted && Reflect.get(window, 'countClick')()
    addEventListener('pointerdown', count, true)
  })
  return () => clicks
}

/** The form of an empty installation, by typing and Tab. */
async function setUpInstallation(page: Page) {
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Set up Keybound', patient)
  await page.getByLabel('Organization').fill(admin.organization)
  await page.getByLabel('Your name').fill('Ada Lovelace')
  await page.getByLabel('Email address').fill(admin.email)
  await page.getByLabel('Password', { exact: true }).fill(admin.password)
  await page.getByRole('button', { name: 'Create admin and sign in' }).click()
  await page.getByRole('link', { name: 'Set up the first login' }).click()
  await expect(page.getByRole('heading', { name: 'What logs in?' })).toBeVisible()
}

const arrival = (page: Page) => page.getByRole('status', { name: 'First login' })

async function reviewAndSave(page: Page) {
  await page.getByRole('button', { name: 'Review and save' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: 'Waiting for the first login' })).toBeVisible(patient)
}

const hasNoSidewaysScroll = (page: Page) =>
  expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth))
    .toBeLessThanOrEqual(0)

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`at ${viewport.width} px: from an empty installation to the first accepted login with the test issuer in 6 clicks`, async ({
    page,
    emptied: _,
  }) => {
    test.slow()
    await page.setViewportSize(viewport)
    const clicks = await countClicks(page)
    await setUpInstallation(page)
    await hasNoSidewaysScroll(page)
    await page.getByRole('button', { name: /^Test issuer/ }).click()
    await expect(page.getByLabel('Name of the identity')).toHaveValue('test-machine')
    await hasNoSidewaysScroll(page)
    await reviewAndSave(page)
    await expect(arrival(page)).toContainText('Waiting for a login')
    await hasNoSidewaysScroll(page)
    await page.getByRole('button', { name: 'Log in now' }).click()
    await expect(arrival(page)).toContainText('arrived and was accepted')
    await expect(page.getByRole('region', { name: 'Answer' })).toBeVisible()
    await expect(page.getByText(/^\d+ passed, \d+ not made$/)).toBeVisible()
    expect(clicks()).toBeLessThanOrEqual(6)
    await hasNoSidewaysScroll(page)
  })
}

test('from an empty installation to the first accepted login with one pasted token, which leaves the browser only to log in', async ({
  page,
  context,
  emptied: _,
}) => {
  test.slow()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const issuer = await startIssuer()
  try {
    const clicks = await countClicks(page)
    const bodies: string[] = []
    page.on('request', (request) => bodies.push(`${request.url()} ${request.postData() ?? ''}`))
    await setUpInstallation(page)
    const token = issuer.token()
    await paste(page.getByRole('textbox', { name: 'Sample token' }), token)
    await expect(page.getByLabel('Name of the identity')).toHaveValue('build-agent')
    await expect(page.getByLabel('Rules that follow')).toContainText('build-agent')
    await expectAccepted(page)
    await reviewAndSave(page)
    const signature = token.split('.')[2] ?? ''
    expect(bodies.filter((body) => body.includes(signature))).toEqual([])

    await page.getByRole('button', { name: 'Log in now' }).click()
    await expect(arrival(page)).toContainText('arrived and was accepted')
    expect(bodies.filter((body) => body.includes(signature))).toHaveLength(1)
    expect(clicks()).toBeLessThanOrEqual(6)
  } finally {
    await issuer.stop()
  }
})

test.describe('on an installation that is set up', () => {
  test('a refused login is shown with what to do, leads into the editor with its claims, and the next one is waited for', async ({
    dashboard: page,
    installation,
  }) => {
    test.slow()
    const issuer = await startIssuer()
    try {
      await page.goto('/identities/new')
      await paste(page.getByRole('textbox', { name: 'Sample token' }), issuer.token())
      await expectAccepted(page)
      await reviewAndSave(page)
      const url = page.url()
      const identityId = /identities\/([0-9a-f-]{36})\//.exec(url)?.[1]
      const login = (claims: object) =>
        installation.anonymous.post('/api/v1/auth/oidc-auth/login', { identityId, jwt: issuer.token(claims) })

      expect((await login({ sub: 'another-agent' })).status).toBe(403)
      await expect(arrival(page)).toContainText('arrived and was refused')
      const answer = page.getByRole('region', { name: 'Answer' })
      await expect(answer).toContainText('another-agent')
      await expect(answer).toContainText('What to do')

      await answer.getByRole('link', { name: 'Try these claims' }).click()
      const verdict = page.getByRole('status', { name: 'Verdict on the claims' })
      await expect(verdict).toContainText('These claims are refused')

      await page.goto(url)
      await expect(arrival(page)).toContainText('arrived and was refused')
      expect((await login({})).status).toBe(200)
      await expect(arrival(page)).toContainText('arrived and was accepted')
    } finally {
      await issuer.stop()
    }
  })

  test('the questions of a platform fill the form, which is one click away, by the keyboard alone', async ({
    dashboard: page,
  }) => {
    test.slow()
    const { keyboard } = page
    await page.goto('/identities/new')
    const other = page.getByRole('button', { name: /^GitLab/ })
    await expect(other).toBeVisible()
    await page.getByRole('searchbox', { name: 'Search platforms' }).focus()
    await keyboard.type('github actions')
    const card = page.getByRole('button', { name: /^GitHub Actions/ })
    await expect(other).toBeHidden()
    await keyboard.press('Tab')
    await expect(card).toBeFocused()
    await keyboard.press('Enter')
    const save = page.getByRole('button', { name: 'Review and save' })
    await expect(save).toBeDisabled()
    await expect(page.getByRole('status', { name: 'Missing answers' })).toContainText('ID of the repository')

    const answers = {
      ...{ Owner: 'octo-org', 'ID of the owner': '65', Repository: 'api', 'ID of the repository': 'seventy' },
      ...{ 'Branch or tag': 'main', 'Workflow file': 'deploy.yml' },
    }
    for (const [label, text] of Object.entries(answers)) {
      await page.getByLabel(label, { exact: true }).focus()
      await keyboard.type(text)
    }
    await expect(page.getByLabel('ID of the repository')).toHaveAttribute('aria-invalid', 'true')
    await page.getByLabel('ID of the repository').fill('74')
    await expect(page.getByRole('status', { name: 'Missing answers' })).toBeHidden()
    await expect(page.getByLabel('Rules that follow')).toContainText('refs/heads/main')
    await expect(save).toBeEnabled()
    await expect(page.getByRole('region', { name: 'Findings' })).toContainText(/No stranger|strangers/)

    await page.getByRole('button', { name: 'All fields' }).focus()
    await keyboard.press('Enter')
    await expect(editorOf(page).issuer).toHaveValue('https://token.actions.githubusercontent.com')
    await expect(page.getByLabel('Discovery URL', { exact: true })).toHaveValue(
      'https://token.actions.githubusercontent.com',
    )
    await page.getByRole('button', { name: 'Questions' }).focus()
    await keyboard.press('Enter')
    await expect(page.getByLabel('Owner', { exact: true })).toHaveValue('octo-org')

    await save.focus()
    await keyboard.press('Enter')
    const apply = page.getByRole('dialog').getByRole('button', { name: 'Save' })
    await expect(apply).toBeEnabled()
    await apply.focus()
    await keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Waiting for the first login' })).toBeVisible(patient)
    await expect(page.getByText('id-token: write').first()).toBeVisible()
  })
})
