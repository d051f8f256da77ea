import type { Page } from '@playwright/test'
import { expect, type Installation, test } from '../fixtures/test'
import { type JwksServer, startJwksServer } from '../peers/jwks-server'
import { createAuthority } from '../peers/tls-authority'

const authority = createAuthority('Keybound test CA')
export const dayMs = 86_400_000

/** An issuer of its own for each test, whose certificate ends in 90 days. */
export function useIssuer(): { current: JwksServer } {
  const issuer = {} as { current: JwksServer }
  test.beforeEach(async () => {
    const tls = authority.issue({ notAfter: new Date(Date.now() + 90 * dayMs) })
    issuer.current = await startJwksServer({ tls })
  })
  test.afterEach(() => issuer.current.stop())
  return issuer
}

/** An identity whose JWT Auth takes its keys from the issuer. */
export async function attach({ api, identity }: Installation, issuer: JwksServer, name: string): Promise<string> {
  const identityId = await identity(name)
  const config = { jwksUrl: issuer.jwksUrl, jwksCaCert: authority.cert }
  const made = await api.post(`/api/v1/auth/jwt-auth/identities/${identityId}`, config)
  expect(made.status, made.text).toBe(200)
  return identityId
}
/** The list of key sources and the page of one, by the names a person sees. */
export const viewOf = (page: Page) => ({
  rowOf: (url: string) => page.getByRole('table', { name: 'Key sources' }).getByRole('row').filter({ hasText: url }),
  keys: page.getByRole('table', { name: 'Keys' }),
  keyRow: (kid: string) => page.getByRole('table', { name: 'Keys' }).getByRole('row').filter({ hasText: kid }),
  section: (name: string) =>
    page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name, exact: true }) }),
  fetchNow: page.getByRole('button', { name: 'Fetch now' }),
  said: page.getByRole('status'),
})
