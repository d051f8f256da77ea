import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'
import type { AxeResults } from 'axe-core'
import { SignJWT } from 'jose'
import { startKeybound } from '../fixtures/keybound'
import { expect, type Installation, test } from '../fixtures/test'
import { startJwksServer } from '../peers/jwks-server'
import { editorOf, paste } from './editor'

test.use({ env: { KEY_FETCH_ALLOWED_ORIGINS: '127.0.0.0/8' } })

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()

const token = (more: Record<string, unknown> = {}) =>
  new SignJWT({ repository: { owner: 'acme' }, groups: ['a', 'b'], ...more })
    .setProtectedHeader({ alg: 'ES256' })
    .setIssuer('https://issuer.example')
    .setAudience('keybound')
    .setSubject('build-agent')
    .setIssuedAt()
    .setExpirationTime('10m')
    .sign(privateKey)

/**
 * Runs axe as the debugger does, so that the page's policy stays as strict as it is; whole in light, and in dark what colours
 * decide. While a menu is
 * open the rest of the page is hidden from screen readers, which axe understands of dialogs only: then give the `part`.
 */
async function expectNoFindings(page: Page, where: string, part = 'html') {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${colorScheme}\\b`))
    if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe)
    const rules = colorScheme === 'light' ? {} : { runOnly: ['color-contrast', 'link-in-text-block'] }
    const findings = await page.evaluate(
      async ([selector, options]) => {
        const { violations }: AxeResults = await Reflect.get(window, 'axe').run(selector, options)
        return violations.flatMap(({ id, help, nodes }) =>
          nodes.map(({ target, failureSummary }) => `${id} (${help}): ${target.join(' ')}: ${failureSummary}`),
        )
      },
      [part, { resultTypes: ['violations'], ...rules }] as const,
    )
    expect(findings, `${where}, ${colorScheme}`).toEqual([])
  }
}

/** Loaded: nothing is waited for any more, and what came is drawn. */
async function settled(page: Page) {
  await page.waitForLoadState('networkidle')
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Loading…')
}

/** An identity with everything there is to see: a trust, tokens, accepted and refused logins. */
async function inhabited({ api, anybody, identity }: Installation, name: string) {
  const id = await identity(name, {
    role: 'member',
    hasDeleteProtection: true,
    metadata: [{ key: 'team', value: 'a' }],
  })
  const trust = {
    issuer: 'https://issuer.example',
    keys: [{ kind: 'static-pem', pem }],
    rules: [
      { path: 'aud', matcher: { kind: 'glob-any', values: ['keybound'] } },
      { path: 'repository.owner', matcher: { kind: 'glob-any', values: ['acme'] } },
      { path: 'groups', matcher: { kind: 'subset-of', values: ['a', 'b'] } },
    ],
  }
  const attached = await api.post(`/api/admin/identities/${id}/trusts/jwt`, trust)
  expect(attached.status, attached.text).toBe(201)
  expect((await api.post(`/api/v1/auth/token-auth/identities/${id}`, {})).status).toBe(200)
  expect((await api.post(`/api/v1/auth/token-auth/identities/${id}/tokens`, { name: 'nightly' })).status).toBe(200)
  const login = async (jwt: string) => anybody.post('/api/v1/auth/jwt-auth/login', { identityId: id, jwt })
  expect((await login(await token())).status).toBe(200)
  const refused = await login(await token({ groups: ['c'] }))
  expect(refused.status).toBe(403)
  return { id, reqId: String(refused.body.reqId) }
}

test('the pages before one is in have no findings', async ({ page, database }) => {
  test.slow()
  const keybound = await startKeybound({ database })
  try {
    await page.goto(`${keybound.baseUrl}/setup`)
    await expect(page.getByRole('button', { name: 'Create admin and sign in' })).toBeVisible()
    await expectNoFindings(page, 'setup')
    await page.getByRole('button', { name: 'Create admin and sign in' }).click()
    await expect(page.getByLabel('Organization')).toHaveAttribute('aria-invalid', 'true')
    await expectNoFindings(page, 'setup with errors')

    const person = { email: 'ada@example.com', password: 'correct horse battery staple', organization: 'Acme' }
    const made = await page.request.post(`${keybound.baseUrl}/api/admin/setup`, { data: person })
    expect(made.status()).toBe(201)

    // An installation with nothing in it yet.
    for (const path of ['/', '/identities', '/issuers', '/providers', '/activity', '/tester', '/key-sources']) {
      await page.goto(`${keybound.baseUrl}${path}`)
      await settled(page)
      await expectNoFindings(page, `empty ${path}`)
    }

    await page.context().clearCookies()
    await page.goto(`${keybound.baseUrl}/sign-in`)
    await page.getByLabel('Email address').fill('nobody@example.com')
    await page.getByLabel('Password', { exact: true }).fill('not the password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('Email address or password is wrong')).toBeVisible()
    await expectNoFindings(page, 'sign-in with a refusal')
  } finally {
    await keybound.stop()
  }
})

/** An issuer with keys of both origins and limits, and a provider that is switched off. */
async function standalone({ api }: Installation) {
  const make = async (fields: Record<string, unknown>): Promise<string> => {
    const made = await api.post('/api/admin/trusts', fields)
    expect(made.status, made.text).toBe(201)
    return made.body.id
  }
  const keys = [{ kind: 'jwks-url', url: 'https://issuer.example/jwks' }]
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'by-hand' }
  const number = ++standaloneCount
  const issuerId = await make({
    method: 'issuer',
    issuer: `https://issuer.example/${number}`,
    project: 'web',
    keys: [...keys, { kind: 'inline-jwk', jwk }],
    rules: [
      { path: 'roles', matcher: { kind: 'subset-of', values: ['viewer'] }, whenAbsent: 'allow' },
      { path: 'prm', matcher: { kind: 'within-bitmask', mask: '5' }, whenAbsent: 'allow' },
    ],
  })
  const providerId = await make({
    method: 'sign-in',
    name: `Portal ${number}`,
    issuer: 'https://issuer.example',
    keys,
    enabled: false,
    signIn: { jwtEndpoint: 'https://portal.example/auth/jwt' },
  })
  return { issuerId, providerId }
}
let standaloneCount = 0

test('the pages of the dashboard have no findings', async ({ dashboard: page, installation }) => {
  test.setTimeout(180_000)
  const { id, reqId } = await inhabited(installation, 'inhabited')
  const { issuerId, providerId } = await standalone(installation)
  const entries = await installation.api.get('/api/admin/audit?limit=1')
  const paths = [
    '/',
    '/identities',
    '/identities?search=nobody-has-this-name',
    `/identities/${id}`,
    `/identities/${id}?tab=tokens`,
    `/identities/${id}?tab=activity`,
    `/identities/${id}/oidc-auth`,
    '/issuers',
    '/issuers/new',
    `/issuers/${issuerId}`,
    '/providers',
    '/providers/new',
    `/providers/${providerId}`,
    '/activity',
    '/activity?outcome=refused&search=nothing-like-this',
    `/activity/${reqId}`,
    '/key-sources',
    '/activity/req-AAAAAAAAAAAAAA',
    '/audit',
    `/audit/${entries.body.entries[0].id}`,
    '/identities/00000000-0000-4000-8000-000000000000',
    '/no-such-page',
  ]
  for (const path of paths) {
    await page.goto(path)
    await settled(page)
    await expectNoFindings(page, path)
  }
})

test('the pages for people have no findings', async ({ dashboard: page, installation }) => {
  test.slow()
  const { body } = await installation.api.get('/api/admin/members')
  const tabs = ['members', 'account', 'organization', 'retention', 'about'].map((tab) => `/settings?tab=${tab}`)
  for (const path of [...tabs, `/settings/members/${body.members[0].id}`]) {
    await page.goto(path)
    await settled(page)
    await expectNoFindings(page, path)
  }
})

test('the API reference has no findings, opened too', async ({ dashboard: page }) => {
  test.slow()
  await page.goto('/api-reference')
  await settled(page)
  await expectNoFindings(page, 'reference')
  for (const at of [0, 5, 12]) await page.locator('main details > summary').nth(at).click()
  await expect(page.locator('main details[open]').first()).toBeVisible()
  await expectNoFindings(page, 'reference with operations open')
})

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
    for (const words of ['not made', 'Header and claims as JSON']) {
      await page.locator('summary').filter({ hasText: words }).click()
    }
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

  await page.goto('/tester')
  await settled(page)
  await paste(editor.token, await token({ groups: ['c'] }))
  await expect(page.getByRole('list', { name: 'Trusts' }).getByRole('listitem').first()).toBeVisible()
  await page.getByRole('list', { name: 'Trusts' }).locator('summary').first().click()
  await expectNoFindings(page, 'tester with a token')

  await page.keyboard.press('ControlOrMeta+K')
  await expect(page.getByRole('dialog', { name: 'Go anywhere' })).toBeVisible()
  await expectNoFindings(page, 'palette')

  await page.goto('/identities')
  await settled(page)
  await page.getByRole('button', { name: 'Create identity' }).click()
  const dialog = page.getByRole('dialog', { name: 'Create identity' })
  await dialog.getByRole('button', { name: 'Add metadata' }).click()
  await dialog.getByRole('button', { name: 'Create identity' }).click()
  await expect(dialog.getByLabel('Name', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await expectNoFindings(page, 'dialog with errors')

  await page.goto('/settings')
  await page.getByRole('button', { name: 'Add person' }).click()
  await expect(page.getByRole('dialog', { name: 'Add a person' })).toBeVisible()
  await expectNoFindings(page, 'adding a person')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Account of/ }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await expectNoFindings(page, 'account menu', '[role=menu]')
})

test('narrow screens have no findings', async ({ dashboard: page, installation }) => {
  test.slow()
  const { id } = await inhabited(installation, 'narrow')
  const { issuerId, providerId } = await standalone(installation)
  await page.setViewportSize({ width: 390, height: 844 })
  const paths = [
    '/',
    '/identities',
    `/identities/${id}`,
    '/issuers',
    `/issuers/${issuerId}`,
    `/providers/${providerId}`,
    '/settings',
    '/settings?tab=account',
  ]
  for (const path of [...paths, `/identities/${id}/jwt-auth`]) {
    await page.goto(path)
    await settled(page)
    await expectNoFindings(page, `narrow ${path}`)
  }
  await page.getByRole('tab', { name: 'Tester' }).click()
  await paste(editorOf(page).token, await token())
  await expect(editorOf(page).verdict).toContainText('Accepted')
  await expectNoFindings(page, 'narrow tester')
  await page.getByRole('button', { name: 'Open navigation' }).click()
  await expect(page.getByRole('dialog', { name: 'Keybound' })).toBeVisible()
  await expectNoFindings(page, 'drawer')
})
