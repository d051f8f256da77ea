import type { Browser, Page } from '@playwright/test'
import { createIssuer, now } from '../apis/issuer'
import { admin, expect, type Installation, test } from '../fixtures/test'
import { type Gateway, startGateway } from '../peers/gateway'
import { type JwksServer, startJwksServer } from '../peers/jwks-server'
import { createAuthority } from '../peers/tls-authority'
import { editorOf, expectAccepted, expectRefused } from './editor'

test.use({ env: { KEY_FETCH_ALLOWED_ORIGINS: '127.0.0.0/8' } })

const authority = createAuthority('Portal CA')

let keys: JwksServer
let gateway: Gateway
let token: (claims?: Record<string, unknown>) => string

test.beforeEach(async ({ keybound }) => {
  keys = await startJwksServer({ tls: authority.issue() })
  const { kid, privateKey } = keys.rotate({ alg: 'ES256', kid: 'portal-1' })
  const issuer = createIssuer('ES256', { privateKey, publicKey: createIssuer('ES256').publicKey })
  token = (claims = {}) => issuer.token({ iss: keys.origin, sub: 'grace', ...claims }, { kid })
  gateway = await startGateway(`${keybound.baseUrl}/idps/jwt`)
})
test.afterEach(() => Promise.all([keys.stop(), gateway.stop()]))

/** The editor of a provider, by the names a person sees. */
const providerOf = (page: Page) => ({
  ...editorOf(page),
  name: page.getByLabel('Name', { exact: true }),
  jwtEndpoint: page.getByLabel('JWT endpoint'),
  headerName: page.getByLabel('Header name'),
  jwksUrl: page.getByLabel('JWKS URL', { exact: true }).and(page.getByRole('textbox')),
  audience: page.getByLabel('Audience', { exact: true }),
  role: page.getByRole('combobox', { name: 'Role of people who are added' }),
  noAudience: page.getByRole('note').filter({ hasText: 'any other application' }),
  nginx: page.getByRole('figure', { name: 'nginx snippet' }),
})

async function openNew(page: Page) {
  await page.goto('/providers/new')
  const provider = providerOf(page)
  await expect(provider.token).toBeEditable()
  return provider
}

async function fillIn(page: Page, name: string) {
  const provider = providerOf(page)
  await provider.name.fill(name)
  await provider.jwtEndpoint.fill(gateway.jwtEndpoint)
  await provider.headerName.fill('x-auth-token')
  await provider.jwksUrl.fill(keys.jwksUrl)
  await page.locator('summary').filter({ hasText: 'CA certificate' }).click()
  await page.getByLabel('Certificates in PEM').fill(authority.cert)
  await provider.issuer.fill(keys.origin)
}

/** Reviews and applies what the editor holds; answers the words of the review. */
async function save(page: Page): Promise<string> {
  await providerOf(page).review.click()
  const dialog = page.getByRole('dialog')
  const words = (await dialog.textContent()) ?? ''
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved. The next sign-in is judged by it.')).toBeVisible()
  return words
}

/** A provider of this issuer and gateway, made by the API the dashboard speaks. */
async function made({ api }: Installation, name: string, signIn: Record<string, unknown> = {}): Promise<string> {
  const { status, text, body } = await api.post('/api/admin/trusts', {
    method: 'sign-in',
    name,
    issuer: keys.origin,
    keys: [{ kind: 'jwks-url', url: keys.jwksUrl, caCert: authority.cert }],
    signIn: { jwtEndpoint: gateway.jwtEndpoint, headerName: 'x-auth-token', isAutoCreation: true, ...signIn },
  })
  expect(status, text).toBe(201)
  return body.id
}

/** Somebody else, in a browser of their own. */
async function asStranger(browser: Browser, baseURL: string, act: (page: Page) => Promise<void>) {
  const context = await browser.newContext({ baseURL })
  try {
    await act(await context.newPage())
  } finally {
    await context.close()
  }
}

const rowOf = (page: Page, name: string) =>
  page.getByRole('table', { name: 'Sign-in providers' }).getByRole('row').filter({ hasText: name })

test('a provider is made and judged live, and somebody signs in through it', async ({
  dashboard: page,
  browser,
  installation,
  keybound,
}) => {
  test.setTimeout(120_000)
  await page.goto('/')
  await page.getByRole('link', { name: 'Sign-in providers' }).click()
  await expect(page.getByText('No sign-in provider yet')).toBeVisible()
  await page.getByRole('link', { name: 'Add provider' }).last().click()
  await expect(page).toHaveURL(/\/providers\/new$/)
  const provider = providerOf(page)
  await fillIn(page, 'Portal')

  await page.getByRole('button', { name: 'Fetch keys now' }).click()
  const preview = page.getByRole('table', { name: 'Keys of this source' })
  await expect(preview.getByRole('row').filter({ hasText: 'portal-1' }).getByRole('cell')).toContainText(['ES256'])

  // The warning stays until one audience is named.
  await expect(provider.noAudience).toBeVisible()
  await provider.token.fill(token({ aud: 'another application' }))
  await expectAccepted(page)
  await provider.audience.fill('keybound')
  await expect(provider.noAudience).toBeHidden()
  await expectRefused(page, 'aud')

  // What the other side needs is there before anything is saved.
  await page.getByRole('button', { name: 'Copy callback URL' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${keybound.baseUrl}/idps/jwt`)
  await expect(provider.nginx).toContainText(/location = \/auth\/jwt \{/)
  await expect(provider.nginx).toContainText(/proxy_set_header +x-auth-token /)
  await provider.headerName.fill('')
  await expect(provider.nginx).toContainText(/proxy_set_header +Authorization /)
  await provider.headerName.fill('x-auth-token')
  await expect(page.getByText('Save it first.')).toBeVisible()

  await provider.token.fill(token())
  await expectAccepted(page)
  await provider.token.fill(token({ sub: undefined }))
  await expectRefused(page, 'sub')
  await provider.token.fill(token({ iat: now() - 3660 }))
  await expectRefused(page, 'age')

  const words = await save(page)
  for (const part of ['Portal', gateway.jwtEndpoint, 'x-auth-token', keys.jwksUrl]) expect(words).toContain(part)
  await expect(page).toHaveURL(/\/providers\/[0-9a-f-]{36}$/)
  const id = page.url().split('/').at(-1) ?? ''
  await expect(page.getByRole('link', { name: 'Open it here all the same' })).toHaveAttribute(
    'href',
    `/idps/start/${id}?next=%2F`,
  )

  // ZITADEL's API sees the same provider, in the seed's words.
  const { body } = await installation.api.get(`/admin/v1/idps/${id}`)
  expect(body.idp).toMatchObject({
    id,
    name: 'Portal',
    state: 'IDP_STATE_ACTIVE',
    jwtConfig: {
      jwtEndpoint: gateway.jwtEndpoint,
      issuer: keys.origin,
      keysEndpoint: keys.jwksUrl,
      headerName: 'x-auth-token',
    },
    autoRegister: true,
  })

  gateway.token = token({ name: 'Grace Hopper' })
  await asStranger(browser, keybound.baseUrl, async (stranger) => {
    await stranger.goto('/sign-in')
    await stranger.getByRole('link', { name: 'Sign in with Portal' }).click()
    await expect(stranger).toHaveURL(`${keybound.baseUrl}/`)
    await expect(stranger.getByText(/no access|no-access/i).first()).toBeVisible()
  })
  await page.goto('/settings')
  await expect(page.getByRole('row').filter({ hasText: 'Grace Hopper' })).toContainText('no-access')
})

test('what is wrong is said at its field, and nothing is saved', async ({ dashboard: page }) => {
  const provider = await openNew(page)
  await fillIn(page, '')
  await provider.jwtEndpoint.fill('portal.example.com/auth')
  await provider.jwksUrl.fill('ftp://portal.example.com/keys')
  await provider.headerName.fill('x auth token')
  await provider.issuer.fill('')
  await provider.review.click()
  const summary = page.getByRole('alert').filter({ hasText: 'fields need another value' })
  for (const field of ['Name', 'JWT endpoint', 'Header name', 'JWKS URL', 'Issuer']) {
    await expect(summary.getByRole('button', { name: field, exact: true })).toBeVisible()
  }
  for (const field of ['name', 'jwtEndpoint', 'headerName', 'jwksUrl', 'issuer'] as const) {
    await expect(provider[field]).toHaveAttribute('aria-invalid', 'true')
  }
  await expect(provider.jwtEndpoint).toHaveAccessibleDescription(/full URL/)
  await expect(page.getByRole('dialog')).toBeHidden()

  await provider.jwtEndpoint.fill('https://ada:secret@portal.example.com/auth')
  await expect(provider.jwtEndpoint).toHaveAccessibleDescription(/must not carry a user name or password/)
  await provider.jwtEndpoint.fill('http://portal.example.com/auth')
  await expect(provider.jwtEndpoint).not.toHaveAttribute('aria-invalid')
  await expect(page.getByRole('note').filter({ hasText: 'Use https' })).toBeVisible()
})

test('a name that another provider has is refused at its field', async ({ dashboard: page, installation }) => {
  await made(installation, 'Taken')
  const provider = await openNew(page)
  await fillIn(page, 'Taken')
  await provider.review.click()
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(provider.name).toHaveAttribute('aria-invalid', 'true')
  await expect(page).toHaveURL(/\/providers\/new$/)
})

test('deactivated it is gone from the sign-in page and refuses; removed it is gone', async ({
  dashboard: page,
  browser,
  installation,
  keybound,
}) => {
  const id = await made(installation, 'Doorway')
  gateway.token = token({ sub: 'doorway' })
  await page.goto('/providers')
  const row = rowOf(page, 'Doorway')
  await expect(row).toContainText('active')
  await expect(row).toContainText('none')
  await expect(row).toContainText(new URL(gateway.jwtEndpoint).host)

  await row.getByRole('button', { name: 'Deactivate Doorway' }).click()
  const question = page.getByRole('alertdialog', { name: 'Deactivate Doorway?' })
  await expect(question).toContainText('its button on the sign-in page')
  await question.getByRole('button', { name: 'Cancel' }).click()
  expect((await installation.api.get(`/api/admin/trusts/${id}`)).body.enabled).toBe(true)
  await row.getByRole('button', { name: 'Deactivate Doorway' }).click()
  await question.getByRole('button', { name: 'Deactivate' }).click()
  await expect(row).toContainText('inactive')
  expect((await installation.api.get(`/admin/v1/idps/${id}`)).body.idp.state).toBe('IDP_STATE_INACTIVE')

  await asStranger(browser, keybound.baseUrl, async (stranger) => {
    const providers = stranger.waitForResponse(/sign-in-providers/)
    await stranger.goto('/sign-in')
    await providers
    await expect(stranger.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
    await expect(stranger.getByRole('link', { name: 'Sign in with Doorway' })).toHaveCount(0)
    await stranger.goto(`/idps/start/${id}`)
    await expect(stranger.getByText('This provider is not active')).toBeVisible()
  })
  await page.goto(`/providers/${id}`)
  await expect(page.getByText('Activate it first.')).toBeVisible()

  // Nothing is lost by it: activated again, without a question.
  await page.goto('/providers')
  await row.getByRole('button', { name: 'Activate Doorway' }).click()
  await expect(row.getByRole('button', { name: 'Deactivate Doorway' })).toBeVisible()
  await asStranger(browser, keybound.baseUrl, async (stranger) => {
    await stranger.goto('/sign-in')
    await stranger.getByRole('link', { name: 'Sign in with Doorway' }).click()
    await expect(stranger).toHaveURL(`${keybound.baseUrl}/`)
  })

  await row.getByRole('button', { name: 'Remove Doorway' }).click()
  const end = page.getByRole('alertdialog', { name: 'Remove Doorway?' })
  await expect(end.getByRole('button', { name: 'Remove provider' })).toBeDisabled()
  await end.getByRole('textbox').fill('Doorway')
  await end.getByRole('button', { name: 'Remove provider' }).click()
  await expect(row).toHaveCount(0)
  expect((await installation.api.get(`/admin/v1/idps/${id}`)).status).toBe(404)
})

test('a change that somebody made meanwhile is not undone from the list', async ({ dashboard: page, installation }) => {
  const id = await made(installation, 'Raced')
  await page.goto('/providers')
  const row = rowOf(page, 'Raced')
  await expect(row).toContainText('active')
  const renamed = await installation.api.put(`/admin/v1/idps/${id}`, { name: 'Raced anew', autoRegister: true })
  expect(renamed.status, renamed.text).toBe(200)
  await row.getByRole('button', { name: 'Deactivate Raced' }).click()
  const question = page.getByRole('alertdialog')
  await question.getByRole('button', { name: 'Deactivate' }).click()
  await expect(question.getByRole('alert')).toContainText('was changed since you read it')
  await question.getByRole('button', { name: 'Cancel' }).click()
  expect((await installation.api.get(`/api/admin/trusts/${id}`)).body).toMatchObject({
    name: 'Raced anew',
    enabled: true,
  })
  // What stands there now is what was stored.
  await expect(rowOf(page, 'Raced anew')).toBeVisible()
})

test('people get the role an admin chose, and a member cannot raise it', async ({
  dashboard: page,
  browser,
  context,
  installation,
  keybound,
}) => {
  const id = await made(installation, 'Auditors')
  await page.goto(`/providers/${id}`)
  const provider = providerOf(page)
  await provider.role.click()
  await page.getByRole('option', { name: /^auditor/ }).click()
  await expect(page.getByRole('note').filter({ hasText: 'an auditor, who reads everything' })).toBeVisible()
  await save(page)

  gateway.token = token({ sub: 'ellen', name: 'Ellen Auditor' })
  await asStranger(browser, keybound.baseUrl, async (stranger) => {
    await stranger.goto('/sign-in?next=%2Factivity')
    await stranger.getByRole('link', { name: 'Sign in with Auditors' }).click()
    await expect(stranger.getByRole('heading', { name: 'Activity', level: 1 })).toBeVisible()
    await stranger.goto('/providers')
    await expect(rowOf(stranger, 'Auditors')).toBeVisible()
    await expect(stranger.getByRole('link', { name: 'Add provider' })).toHaveCount(0)
    await expect(rowOf(stranger, 'Auditors').getByRole('button', { name: /Auditors$/ })).toHaveCount(0)
    await stranger.goto(`/providers/${id}`)
    await expect(providerOf(stranger).jwtEndpoint).toBeDisabled()
    await expect(providerOf(stranger).review).toHaveCount(0)
  })

  const member = { email: 'mel@example.com', password: admin.password }
  expect((await installation.api.post('/api/admin/members', { ...member, name: 'Mel', role: 'member' })).status).toBe(
    201,
  )
  await installation.signIn(context, member)
  const open = await openNew(page)
  await expect(open.role).toBeDisabled()
  await fillIn(page, 'Of a member')
  await save(page)
  await expect(page).toHaveURL(/\/providers\/[0-9a-f-]{36}$/)
  const own = page.url().split('/').at(-1)
  const { body } = await installation.api.get(`/api/admin/trusts/${own}`)
  expect(body.foreign.zitadel.role).toBe('no-access')
  const { owner: _, ...signIn } = body.foreign.zitadel
  const { method, name, issuer, keys: sources, rules, lifetime } = body
  const answer = await page.request.put(`/api/admin/trusts/${own}`, {
    headers: { origin: keybound.baseUrl },
    data: { method, name, issuer, keys: sources, rules, lifetime, signIn: { ...signIn, role: 'member' } },
  })
  expect(answer.status(), await answer.text()).toBe(403)
})

test('a provider that makes admins is not a member’s to change', async ({ page, context, installation, keybound }) => {
  const id = await made(installation, 'Of admins', { role: 'admin' })
  const member = { email: 'max@example.com', password: admin.password }
  expect((await installation.api.post('/api/admin/members', { ...member, name: 'Max', role: 'member' })).status).toBe(
    201,
  )
  await installation.signIn(context, member)
  await page.goto('/providers')
  await expect(rowOf(page, 'Of admins')).toBeVisible()
  await expect(rowOf(page, 'Of admins').getByRole('button', { name: /Of admins$/ })).toHaveCount(0)
  await page.goto(`/providers/${id}`)
  await expect(providerOf(page).issuer).toBeDisabled()
  await expect(providerOf(page).review).toHaveCount(0)
  const gone = await page.request.delete(`/api/admin/trusts/${id}`, { headers: { origin: keybound.baseUrl } })
  expect(gone.status()).toBe(403)
})

test('a provider for other applications only is no button here', async ({ dashboard: page, browser, keybound }) => {
  const provider = await openNew(page)
  await fillIn(page, 'Elsewhere')
  await page.getByRole('switch', { name: 'Let people sign in here' }).click()
  await save(page)
  await expect(page.getByText('Let people sign in here first.')).toBeVisible()
  await expect(provider.nginx).toBeVisible()
  await page.goto('/providers')
  await expect(rowOf(page, 'Elsewhere')).toContainText('elsewhere only')
  await asStranger(browser, keybound.baseUrl, async (stranger) => {
    const providers = stranger.waitForResponse(/sign-in-providers/)
    await stranger.goto('/sign-in')
    await providers
    await expect(stranger.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
    await expect(stranger.getByRole('link', { name: 'Sign in with Elsewhere' })).toHaveCount(0)
  })
})
