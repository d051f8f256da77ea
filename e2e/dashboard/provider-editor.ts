import type { Browser, Page } from '@playwright/test'
import { createIssuer } from '../apis/issuer'
import { expect, type Installation, openOnPurpose, test } from '../fixtures/test'
import { type Gateway, startGateway } from '../peers/gateway'
import { type JwksServer, startJwksServer } from '../peers/jwks-server'
import { createAuthority } from '../peers/tls-authority'
import { applyReview, editorOf } from './editor'

const authority = createAuthority('Portal CA')

/** The issuer of the people who sign in, and the gateway in front of it. */
export type Portal = { keys: JwksServer; gateway: Gateway; token: (claims?: Record<string, unknown>) => string }

/** A portal for each test of a file. */
export function usePortal(): Portal {
  const portal = {} as Portal
  test.beforeEach(async ({ keybound }) => {
    const keys = await startJwksServer({ tls: authority.issue() })
    const { kid, privateKey } = keys.rotate({ alg: 'ES256', kid: 'portal-1' })
    const issuer = createIssuer('ES256', { privateKey, publicKey: createIssuer('ES256').publicKey })
    Object.assign(portal, {
      keys,
      token: (claims = {}) => issuer.token({ iss: keys.origin, sub: 'grace', ...claims }, { kid }),
      gateway: await startGateway(`${keybound.baseUrl}/idps/jwt`),
    })
  })
  test.afterEach(() => Promise.all([portal.keys.stop(), portal.gateway.stop()]))
  return portal
}

/** The editor of a provider, by the names a person sees. */
export const providerOf = (page: Page) => ({
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

export async function openNew(page: Page) {
  await page.goto('/providers/new')
  const provider = providerOf(page)
  await expect(provider.token).toBeEditable()
  return provider
}

export async function fillIn(page: Page, { keys, gateway }: Portal, name: string) {
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
export async function save(page: Page): Promise<string> {
  const words = await applyReview(page)
  await expect(page.getByText('Saved. The next sign-in is judged by it.')).toBeVisible()
  return words
}

/** A provider of this issuer and gateway, made by the API the dashboard speaks. */
export async function made(
  { api }: Installation,
  { keys, gateway }: Portal,
  name: string,
  signIn: Record<string, unknown> = {},
  rules: object[] = [],
): Promise<string> {
  const { status, text, body } = await api.post('/api/admin/trusts', {
    method: 'sign-in',
    name,
    issuer: keys.origin,
    keys: [{ kind: 'jwks-url', url: keys.jwksUrl, caCert: authority.cert }],
    signIn: { jwtEndpoint: gateway.jwtEndpoint, headerName: 'x-auth-token', isAutoCreation: true, ...signIn },
    rules,
    ...openOnPurpose,
  })
  expect(status, text).toBe(201)
  return body.id
}

/** Another person, in a browser of their own. */
export async function asStranger(browser: Browser, baseURL: string, act: (page: Page) => Promise<void>) {
  const context = await browser.newContext({ baseURL })
  try {
    await act(await context.newPage())
  } finally {
    await context.close()
  }
}

export const rowOf = (page: Page, name: string) =>
  page.getByRole('table', { name: 'Sign-in providers' }).getByRole('row').filter({ hasText: name })
