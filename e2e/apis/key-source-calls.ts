import { expect } from 'vitest'
import { type JwksServer, type SigningKey, startJwksServer } from '../peers/jwks-server'
import { createAuthority } from '../peers/tls-authority'
import { attached, type Installation } from './installation'
import { createIssuer } from './issuer'

export const authority = createAuthority()

export const startServer = (): Promise<JwksServer> =>
  startJwksServer({ tls: authority.issue({ notAfter: new Date(Date.now() + 90 * 86_400_000) }) })

export const signed = (key: SigningKey) =>
  createIssuer('ES256', { privateKey: key.privateKey, publicKey: createIssuer().publicKey }).token({}, { kid: key.kid })

/** Attaches JWT Auth with the keys of a server to a new identity and answers its id. */
export const attachedTo = (here: Installation, { jwksUrl }: JwksServer) =>
  attached(here, { jwksUrl, jwksCaCert: authority.cert })

/** The listed key source with a URL. */
export async function sourceOf({ admin }: Installation, url: string) {
  const answer = await admin.get('/api/admin/key-sources')
  expect(answer.status, answer.text).toBe(200)
  return answer.body.sources.find((source: { url: string }) => source.url === url)
}

/** The key source with a URL, with its keys and events. */
export async function detailOf(here: Installation, url: string) {
  const { id } = await sourceOf(here, url)
  const answer = await here.admin.get(`/api/admin/key-sources/${id}`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body
}

/** Fetches the keys of a source and answers its state afterwards. */
export async function fetchNow(here: Installation, url: string) {
  const { id } = await sourceOf(here, url)
  const answer = await here.admin.post(`/api/admin/key-sources/${id}/fetch`)
  expect(answer.status, answer.text).toBe(200)
  return answer.body
}
