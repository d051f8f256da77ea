import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { type Browser, createBrowser } from '../peers/browser'
import { type Gateway, startGateway } from '../peers/gateway'
import { type JwksServer, startJwksServer } from '../peers/jwks-server'
import { type Installation, install } from './installation'
import { createIssuer, type Issuer } from './issuer'

/** An installation with a provider whose issuer and gateway are at work, and the ways a browser can walk through it. */
export type Flow = ReturnType<typeof useFlow>

/** For the tests of this file: everything is started before the first and stopped after the last. */
export function useFlow() {
  let here: Installation
  let keys: JwksServer
  let issuer: Issuer
  let kid: string
  let gateway: Gateway
  let providerId: string

  beforeAll(async () => {
    here = await install({ KEY_FETCH_ALLOWED_ORIGINS: '127.0.0.0/8' })
    keys = await startJwksServer()
    ;({ issuer, kid } = published(keys))
    gateway = await startGateway(`${here.keybound.baseUrl}/idps/jwt`)
    providerId = await provider()
    const listed = await here.admin.patch('/api/admin/organization', { returnOrigins: ['https://app.example'] })
    expect(listed.status, listed.text).toBe(200)
  })
  afterAll(async () => {
    await Promise.all([keys.stop(), gateway.stop()])
    await here.stop()
  })
  beforeEach(() => {
    Object.assign(gateway, { token: null, headerName: 'x-auth-token', method: 'GET', query: null })
  })

  const provider = async (fields: Record<string, unknown> = {}): Promise<string> => {
    const { status, text, body } = await here.admin.post('/admin/v1/idps/generic_jwt', {
      name: `gateway ${crypto.randomUUID()}`,
      issuer: keys.origin,
      jwtEndpoint: gateway.jwtEndpoint,
      keysEndpoint: keys.jwksUrl,
      headerName: 'x-auth-token',
      providerOptions: { isCreationAllowed: true, isAutoCreation: true },
      ...fields,
    })
    expect(status, text).toBe(200)
    return body.id
  }

  const url = (path: string) => `${here.keybound.baseUrl}${path}`
  const start = (browser: Browser, id = providerId) => browser.open(url(`/idps/start/${id}`))
  const sessionOf = async (browser: Browser) => (await (await browser.fetch(url('/api/admin/session'))).json()).session

  return {
    get here() {
      return here
    },
    get keys() {
      return keys
    },
    get issuer() {
      return issuer
    },
    get kid() {
      return kid
    },
    get gateway() {
      return gateway
    },
    get providerId() {
      return providerId
    },
    provider,
    url,
    sessionOf,

    /** A good token of now, with `claims` over the usual ones. */
    token: (claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}) =>
      issuer.token({ iss: keys.origin, sub: 'grace', ...claims }, { kid, ...header }),

    /** Walks the whole way with a token; answers the browser and where it ended. */
    async signIn(withToken: string | null, id = providerId) {
      gateway.token = withToken
      const browser = createBrowser()
      const { trail, status, text } = await start(browser, id)
      const last = trail.at(-1)!
      return { browser, trail, last, status, text, session: await sessionOf(browser) }
    },

    /** Walks up to the gateway; answers the browser and the query it brought there. */
    async arrive(id = providerId) {
      const browser = createBrowser()
      const response = await browser.fetch(url(`/idps/start/${id}`))
      return { browser, given: new URL(response.headers.get('location')!).searchParams }
    },

    /** What a gateway does with what it was given. */
    callback: (query: URLSearchParams, withToken: string, method = 'GET') =>
      fetch(url(`/idps/jwt?${query}`), { method, redirect: 'manual', headers: { 'x-auth-token': withToken } }),

    decision: (id: string) => here.db.decision.findUniqueOrThrow({ where: { id } }),
  }
}

/** Publishes a fresh key; answers who signs with it. */
export function published(server: JwksServer) {
  const key = server.rotate({ alg: 'ES256' })
  const pair = { privateKey: key.privateKey, publicKey: createIssuer('ES256').publicKey }
  return { issuer: createIssuer('ES256', pair), kid: key.kid }
}
