import type { Page } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import { expect, type Installation, test } from '../fixtures/test'

let count = 0
/** A person with a password; whose address to sign in at is localhost, for an IP address has no passkeys. */
async function newPerson({ api }: Installation) {
  const person = { email: `person${count++}@example.com`, password: 'a password of some length' }
  const made = await api.post('/api/admin/members', { ...person, name: `Person ${count}`, role: 'member' })
  expect(made.status, made.text).toBe(201)
  return { ...person, id: String(made.body.id), name: `Person ${count}` }
}

const onLocalhost = (baseUrl: string) => baseUrl.replace('127.0.0.1', 'localhost')

/** A device of Chromium's own that makes passkeys and verifies its person without asking. */
async function addAuthenticator(page: Page) {
  const debug = await page.context().newCDPSession(page)
  await debug.send('WebAuthn.enable')
  await debug.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

async function givePassword(page: Page, { email, password }: { email: string; password: string }) {
  await page.getByLabel('Email address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

async function signOut(page: Page, name: string) {
  await page.getByRole('button', { name: `Account of ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
}

/** Walks through the setup of an app that is open. Gives its codes, by steps from now, and the recovery codes. */
async function setUpApp(page: Page) {
  const key = ((await page.locator('form code').textContent()) ?? '').replaceAll(/\s/g, '')
  const totp = new TOTP({ secret: Secret.fromBase32(key) })
  const codeIn = (steps: number) => totp.generate({ timestamp: Date.now() + steps * 30_000 })
  await expect(page.getByRole('img', { name: /^QR code/ })).toBeVisible()
  await page.getByLabel('Code', { exact: true }).fill(codeIn(0))
  await page.getByRole('button', { name: 'Turn on' }).click()
  const shown = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await expect(shown).toHaveCount(10)
  const recoveryCodes = await shown.allTextContents()
  await page.getByRole('button', { name: 'I have stored them' }).click()
  return { codeIn, recoveryCodes }
}

test('a person sets up an app and a passkey, signs in with each, and ends a session', async ({
  page,
  keybound,
  installation,
}) => {
  test.slow()
  const person = await newPerson(installation)
  const origin = onLocalhost(keybound.baseUrl)
  await addAuthenticator(page)
  await page.goto(`${origin}/sign-in?next=${encodeURIComponent('/settings?tab=account')}`)
  await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toHaveCount(0)
  await givePassword(page, person)

  await page.getByRole('button', { name: 'Set up' }).click()
  const { codeIn, recoveryCodes } = await setUpApp(page)
  await expect(page.getByText('10 left')).toBeVisible()

  await signOut(page, person.name)
  await givePassword(page, person)
  await expect(page.getByRole('heading', { name: 'One more step' })).toBeVisible()
  await page.getByLabel('Code', { exact: true }).fill('000000')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByText('This code does not count')).toBeVisible()
  await page.getByLabel('Code', { exact: true }).fill(codeIn(1))
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()

  await page.goto(`${origin}/settings?tab=account`)
  await page.getByRole('button', { name: 'Add passkey' }).click()
  await page.getByLabel('Name of the passkey').fill('Laptop')
  await page.getByRole('button', { name: 'Create passkey' }).click()
  await expect(page.getByRole('table', { name: 'Your passkeys' }).getByText('Laptop')).toBeVisible()

  await signOut(page, person.name)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()

  const elsewhere = await signInWith(installation, person, recoveryCodes[0] ?? '')
  await page.goto(`${origin}/settings?tab=account`)
  await expect(page.getByText('9 left')).toBeVisible()
  const rows = page.getByRole('table', { name: 'Your sessions' }).getByRole('row')
  await expect(rows).toHaveCount(3)
  await page.getByRole('button', { name: /^End the session from/ }).click()
  await expect(rows).toHaveCount(2)
  expect((await elsewhere.get('/api/admin/identities')).status).toBe(401)
})

/** Signs a person in with a recovery code, in another browser. */
async function signInWith(
  { anybody }: Installation,
  { email, password }: { email: string; password: string },
  code: string,
) {
  const cookieOf = (headers: Headers) => ({
    cookie: headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; '),
  })
  const first = await anybody.post('/api/admin/session', { email, password })
  const second = await anybody.as(cookieOf(first.headers)).post('/api/admin/session/second-step', { code })
  expect(second.status, second.text).toBe(201)
  return anybody.as(cookieOf(second.headers))
}

test('who lacks a required second factor is led to it from every page, and let in when it is set up', async ({
  page,
  keybound,
  installation,
}) => {
  const person = await newPerson(installation)
  const require = async (requiresSecondFactor: boolean) => {
    const answer = await installation.api.patch('/api/admin/organization', { requiresSecondFactor })
    expect(answer.status, answer.text).toBe(200)
  }
  await require(true)
  try {
    await page.goto(`${onLocalhost(keybound.baseUrl)}/sign-in`)
    await givePassword(page, person)
    await expect(page.getByRole('heading', { name: 'Set up a second factor', level: 1 })).toBeVisible()
    for (const path of ['/identities', '/settings']) {
      await page.goto(onLocalhost(keybound.baseUrl) + path)
      await expect(page.getByRole('heading', { name: 'Set up a second factor', level: 1 })).toBeVisible()
      await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link')).toHaveCount(0)
    }
    await page.getByRole('button', { name: 'Set up an app' }).click()
    await setUpApp(page)
    await expect(page.getByRole('table', { name: 'Members' })).toBeVisible()
  } finally {
    await require(false)
  }
})

test('an admin sees what a person controls, resets their second factor and ends their sessions', async ({
  dashboard: page,
  installation,
}) => {
  const person = await newPerson(installation)
  const { email, password } = person
  const { headers } = await installation.anybody.post('/api/admin/session', { email, password })
  const client = installation.anybody.as({
    cookie: headers.getSetCookie()[0]?.split(';')[0] ?? '',
    'sec-fetch-site': 'same-origin',
  })
  const made = await client.post('/api/admin/account/second-factor', {})
  const code = new TOTP({ secret: Secret.fromBase32(made.body.secret) }).generate()
  expect((await client.put('/api/admin/account/second-factor', { code })).status).toBe(200)

  await page.goto('/settings')
  await page.getByRole('link', { name: person.name }).click()
  await expect(page.getByRole('heading', { name: person.name, level: 1 })).toBeVisible()
  const sessions = page.getByRole('table', { name: `Sessions of ${person.name}` })
  await expect(sessions.getByRole('row')).toHaveCount(2)
  await page.getByRole('button', { name: 'Reset second factor' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Reset second factor' }).click()
  await expect(page.getByRole('button', { name: 'Reset second factor' })).toHaveCount(0)
  await expect(page.getByText('Not signed in anywhere')).toBeVisible()
  expect((await client.get('/api/admin/account')).status).toBe(401)
})
