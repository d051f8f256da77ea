import type { Page } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import { admin, expect, type Installation, test } from '../fixtures/test'
import { openPage } from './go-to'
import { setUpApp } from './set-up-app'

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

  await openPage(page, `${origin}/settings?tab=account`)
  await page.getByRole('button', { name: 'Add passkey' }).click()
  await page.getByLabel('Name of the passkey').fill('Laptop')
  await page.getByRole('button', { name: 'Create passkey' }).click()
  await expect(page.getByRole('table', { name: 'Your passkeys' }).getByText('Laptop')).toBeVisible()

  await signOut(page, person.name)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()

  const elsewhere = await signInWith(installation, person, recoveryCodes[0] ?? '')
  await openPage(page, `${origin}/settings?tab=account`)
  await expect(page.getByText('9 left')).toBeVisible()
  const rows = page.getByRole('table', { name: 'Your sessions' }).getByRole('row')
  await expect(rows).toHaveCount(3)
  await page.getByRole('button', { name: /^End the session from/ }).click()
  await expect(rows).toHaveCount(2)
  expect((await elsewhere.get('/api/admin/identities')).status).toBe(401)
})

/** Signs a person in with a recovery code, in another browser. */
async function signInWith(
  { anonymous }: Installation,
  { email, password }: { email: string; password: string },
  code: string,
) {
  const cookieOf = (headers: Headers) => ({
    cookie: headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; '),
  })
  const first = await anonymous.post('/api/admin/session', { email, password })
  const second = await anonymous.as(cookieOf(first.headers)).post('/api/admin/session/second-step', { code })
  expect(second.status, second.text).toBe(201)
  return anonymous.as(cookieOf(second.headers))
}

test('a person who lacks a required second factor is led to it from every page, and let in when it is set up', async ({
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
  const { headers } = await installation.anonymous.post('/api/admin/session', { email, password })
  const client = installation.anonymous.as({
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

test('a lower role says how many links to other people’s accounts it cuts, and cuts them', async ({
  dashboard: page,
  installation: { api, anonymous },
}) => {
  const eve = { email: 'eve@example.com', password: 'a password of some length' }
  const made = await api.post('/api/admin/members', { ...eve, name: 'Eve', role: 'admin' })
  const { headers } = await anonymous.post('/api/admin/session', eve)
  const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const provider = await api.post('/admin/v1/idps/jwt', {
    ...{ name: 'Portal', headerName: 'x-auth-token', jwtEndpoint: 'https://portal.example/auth' },
    ...{ issuer: 'https://portal.example', keysEndpoint: 'https://portal.example/keys' },
  })
  const { members } = (await api.get('/api/admin/members')).body
  const ada = members.find(({ email }: { email: string }) => email === admin.email)
  const idpLink = { idpId: provider.body.idpId, userId: 'a subject of Eve’s', userName: '' }
  const linked = await anonymous
    .as({ cookie, 'sec-fetch-site': 'same-origin' })
    .post(`/v2/users/${ada.id}/links`, { idpLink })
  expect(linked.status, linked.text).toBe(200)

  // The row leads to the person, and what is in it is pressed all the same.
  await page.goto('/settings')
  const row = page.getByRole('row').filter({ hasText: 'Eve' })
  await row.getByRole('combobox', { name: 'Role of Eve' }).click({ trial: true })
  await row.getByRole('button', { name: 'Remove Eve' }).click({ trial: true })
  await openPage(page, `/settings/members/${made.body.id}`)
  await expect(page.getByText('Portal · a subject of Eve’s')).toBeVisible()
  await expect(page.getByRole('link', { name: ada.name, exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Remove Eve' }).click()
  const dialog = page.getByRole('alertdialog')
  const choice = dialog.getByRole('checkbox', { name: 'Cut links they made to other people’s accounts (1)' })
  await expect(choice).toBeChecked()
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  await page.getByRole('combobox', { name: 'Role of Eve' }).click()
  await page.getByRole('option', { name: 'member' }).click()
  await expect(choice).toBeChecked()
  await dialog.getByRole('button', { name: 'Lower the role' }).click()
  await expect(page.getByText('Portal · a subject of Eve’s')).toHaveCount(0)
  expect((await api.get(`/api/admin/members/${ada.id}/links`)).body.links).toEqual([])
})
