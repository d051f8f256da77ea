import { decodeJwt } from 'jose'
import { expect } from 'vitest'
import { bearer } from './client'
import { attached, type Installation, login } from './installation'
import { createIssuer } from './issuer'

export const issuer = createIssuer()
/** Tells who the bearer of an access token is; spends one of its uses. */
export const details = '/api/v1/identities/details'

/** An identity with JWT Auth, and an access token of a login through it. */
export async function loggedIn(here: Installation, config: object = {}) {
  const id = await attached(here, { publicKeys: [issuer.pem], ...config })
  const answer = await login(here.anonymous, id, issuer.token())
  expect(answer.status, answer.text).toBe(200)
  const token: string = answer.body.accessToken
  return { id, token, answer, client: here.anonymous.as(bearer(token)) }
}

export const renew = ({ anonymous }: Installation, accessToken: string) =>
  anonymous.post('/api/v1/auth/token/renew', { accessToken })
export const revoke = ({ anonymous }: Installation, accessToken: string) =>
  anonymous.post('/api/v1/auth/token/revoke', { accessToken })
/** The stored row of an access token. */
export const rowOf = ({ db }: Installation, token: string) =>
  db.accessToken.findUniqueOrThrow({ where: { id: String(decodeJwt(token).jti) } })
