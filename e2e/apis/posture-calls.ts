import { expect } from 'vitest'
import { type Installation, jwtAuthPath } from './installation'

export const issuer = 'https://token.actions.githubusercontent.com'
const jwks = `${issuer}/.well-known/jwks`
export const audience = 'https://keybound.acme.dev'
export const exact = 'repo:acme@1/app@2:ref:refs/heads/main'

/** A trust in the words of our API. */
export const trust = (sub: string, more: Record<string, unknown> = {}) => ({
  issuer,
  keys: [{ kind: 'jwks-url', url: jwks }],
  rules: [rule('aud', audience), rule('sub', sub)],
  grant: { ttlSeconds: 900, ttlSecondsMax: 900 },
  ...more,
})

export function rule(path: string, ...values: string[]) {
  return { path, matcher: { kind: 'glob-any', values } }
}

/** Stores a trust by an API that blocks nothing, and answers its id. */
export async function storedIn(here: Installation, sub: string): Promise<string> {
  const identityId = await here.identity()
  const body = { jwksUrl: jwks, boundIssuer: issuer, boundAudiences: audience, boundSubject: sub }
  const ttl = { accessTokenTTL: 900, accessTokenMaxTTL: 900 }
  const made = await here.admin.post(jwtAuthPath(identityId), { ...body, ...ttl })
  expect(made.status, made.text).toBe(200)
  return made.body.identityJwtAuth.id
}

export const idsOf = (findings: { id: string }[]) => findings.map(({ id }) => id)
