import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createIssuer } from '../apis/issuer'
import { freePort } from '../fixtures/free-port'
import { expect, type Installation, test } from '../fixtures/test'
import { startGateway } from '../peers/gateway'
import { setUpApp } from './set-up-app'

const sample = fileURLToPath(new URL('../../examples/zitadel-gateway/gateway.mjs', import.meta.url))

/** Runs the sample of examples/ as its README says. */
async function startSample(keybound: string) {
  const port = await freePort()
  const child = spawn(process.execPath, [sample], { env: { ...process.env, PORT: String(port), KEYBOUND: keybound } })
  await once(child.stdout, 'data')
  return {
    origin: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill()
      await once(child, 'exit')
    },
  }
}

async function addProvider({ api }: Installation, fields: Record<string, unknown>): Promise<string> {
  const { status, text, body } = await api.post('/admin/v1/idps/jwt', { headerName: 'x-auth-token', ...fields })
  expect(status, text).toBe(200)
  return body.idpId
}

test('a person signs in through the gateway of the examples, and an admin gives them a role', async ({
  page,
  keybound,
  installation,
}) => {
  const gateway = await startSample(keybound.baseUrl)
  try {
    await addProvider(installation, {
      name: 'Gateway',
      jwtEndpoint: `${gateway.origin}/auth/jwt`,
      issuer: gateway.origin,
      keysEndpoint: `${gateway.origin}/keys`,
      autoRegister: true,
    })
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Sign in with Gateway' }).click()
    await page.getByLabel('Name').fill('Grace Hopper')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page).toHaveURL(`${keybound.baseUrl}/`)
    await expect(page.getByText(/no access|no-access/i).first()).toBeVisible()

    const { members } = (await installation.api.get('/api/admin/members')).body
    const { id } = members.find(({ name }: { name: string }) => name === 'Grace Hopper')
    await installation.api.patch(`/api/admin/members/${id}`, { role: 'auditor' })
    // A raised role ends the sessions from before it: the person signs in again, at the gateway they still are, and is led
    // to where they were going.
    await page.goto('/activity')
    await page.getByRole('link', { name: 'Sign in with Gateway' }).click()
    await expect(page).toHaveURL(`${keybound.baseUrl}/activity`)
    await expect(page.getByRole('heading', { name: 'Activity' })).toBeVisible()
    const rows = page.getByRole('row').filter({ hasText: gateway.origin }).filter({ hasText: 'grace hopper' })
    await expect(rows.getByText('Accepted')).toHaveCount(2)
  } finally {
    await gateway.stop()
  }
})

test('a person who signs in through a provider gives a code where the organization requires a second factor', async ({
  page,
  keybound,
  installation,
}) => {
  test.slow()
  const gateway = await startSample(keybound.baseUrl)
  const require = async (requiresSecondFactor: boolean) => {
    const answer = await installation.api.patch('/api/admin/organization', { requiresSecondFactor })
    expect(answer.status, answer.text).toBe(200)
  }
  try {
    await addProvider(installation, {
      ...{ name: 'Portal', jwtEndpoint: `${gateway.origin}/auth/jwt`, issuer: gateway.origin },
      ...{ keysEndpoint: `${gateway.origin}/keys`, autoRegister: true },
    })
    await require(true)
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Sign in with Portal' }).click()
    await page.getByLabel('Name').fill('Ada Lovelace')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { name: 'Set up a second factor', level: 1 })).toBeVisible()
    await page.getByRole('button', { name: 'Set up an app' }).click()
    const { codeIn } = await setUpApp(page)

    // In a browser that has no session any more, but is still signed in at the gateway.
    await page.context().clearCookies({ name: 'keybound.session_token' })
    await page.goto('/settings?tab=account')
    await page.getByRole('link', { name: 'Sign in with Portal' }).click()
    await expect(page.getByRole('heading', { name: 'One more step' })).toBeVisible()
    await page.getByLabel('Code', { exact: true }).fill('000000')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(page.getByText('This code does not count')).toBeVisible()
    await page.getByLabel('Code', { exact: true }).fill(codeIn(1))
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(page).toHaveURL(`${keybound.baseUrl}/settings?tab=account`)
    await expect(page.getByRole('button', { name: 'Account of Ada Lovelace' })).toBeVisible()
  } finally {
    await require(false)
    await gateway.stop()
  }
})

test('a person who is refused reads why, with a reference that leads an admin to every check', async ({
  dashboard,
  browser,
  keybound,
  installation,
}) => {
  const gateway = await startGateway(`${keybound.baseUrl}/idps/jwt`)
  const context = await browser.newContext({ baseURL: keybound.baseUrl })
  try {
    const id = await addProvider(installation, {
      name: 'Elsewhere',
      jwtEndpoint: gateway.jwtEndpoint,
      issuer: 'https://elsewhere.example',
      keysEndpoint: 'http://127.0.0.1:9/keys',
      autoRegister: true,
    })
    const stranger = await context.newPage()
    await stranger.goto('/sign-in')
    await stranger.getByRole('link', { name: 'Sign in with Elsewhere' }).click()
    await expect(stranger.getByRole('heading', { name: 'You were not signed in' })).toBeVisible()
    await expect(stranger.getByText('The gateway sent no token')).toBeVisible()

    gateway.token = createIssuer().token()
    await stranger.getByRole('link', { name: 'Back to sign-in' }).click()
    await stranger.getByRole('link', { name: 'Sign in with Elsewhere' }).click()
    await expect(stranger.getByText('The keys of the provider cannot be fetched')).toBeVisible()
    const reference = await stranger.getByText(/^req-[A-Za-z0-9]{14}$/).textContent()
    await dashboard.goto(`/activity/${reference}`)
    await expect(dashboard.getByText('Key source').first()).toBeVisible()
    await expect(dashboard.getByText('Sign-in').first()).toBeVisible()

    await installation.api.post(`/admin/v1/idps/${id}/_deactivate`)
    const providers = stranger.waitForResponse(/sign-in-providers/)
    await stranger.goto('/sign-in')
    await providers
    await expect(stranger.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
    await expect(stranger.getByRole('link', { name: 'Sign in with Elsewhere' })).toHaveCount(0)
  } finally {
    await context.close()
    await gateway.stop()
  }
})
