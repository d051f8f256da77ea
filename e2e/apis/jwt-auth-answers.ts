import { expect } from 'vitest'
import { type Installation, jwtAuthPath } from './installation'

/** A date as the API writes it. */
export const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

/** Trusted addresses where none were given. */
export const everywhere = [
  { ipAddress: '0.0.0.0', type: 'ipv4', prefix: 0 },
  { ipAddress: '::', type: 'ipv6', prefix: 0 },
]

/** The defaults of docs/apis/infisical.md. */
export const defaults = (identityId: string) => ({
  id: expect.stringMatching(/^[0-9a-f-]{36}$/),
  identityId,
  jwksUrl: '',
  jwksCaCert: '',
  publicKeys: [],
  boundIssuer: '',
  boundAudiences: '',
  boundClaims: {},
  boundSubject: '',
  accessTokenTTL: 2_592_000,
  accessTokenMaxTTL: 2_592_000,
  accessTokenNumUsesLimit: 0,
  accessTokenPeriod: 0,
  accessTokenTrustedIps: everywhere,
  createdAt: date,
  updatedAt: date,
})

/** The stored JWT Auth of an identity. */
export async function readJwtAuth({ admin }: Installation, id: string) {
  const answer = await admin.get(jwtAuthPath(id))
  expect(answer.status, answer.text).toBe(200)
  return answer.body.identityJwtAuth
}
