import { randomUUID } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import Provider from 'oidc-provider'
import { ask } from './ask'
import { idTokenByCode } from './code-flow'
import type { TlsAuthority } from './tls-authority'

export const audience = 'https://keybound.example'

/** A real OpenID provider on this machine, over TLS with an authority of its own. */
export type OpenIdProvider = {
  /** Also its issuer. */
  origin: string
  discoveryUrl: string
  /** A token it signs for its one client: sub is `ci-agent`. */
  token(): Promise<string>
  /** An ID token of a person who signed in at it by the authorization code flow: aud is `web-app`. */
  idToken(login: string): Promise<string>
  /** The kid it signs with now. */
  kid(): string
  /** Signs with a new key from now on, and withdraws the old one; answers the new kid. */
  rotate(): Promise<string>
  /** Stops listening, so that connections are refused; `listen` brings it back at the same port. */
  stop(): Promise<void>
  listen(): Promise<void>
}

/** Starts a provider with one key. Stop it when done. */
export async function startOpenIdProvider(authority: TlsAuthority): Promise<OpenIdProvider> {
  let answer: RequestListener = (_, response) => response.writeHead(503).end()
  const listener = createServer(authority.issue(), (incoming, response) => answer(incoming, response))
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      listener.once('error', reject)
      listener.listen(port, '127.0.0.1', resolve)
    })
  await listen(0)
  const { port } = listener.address() as AddressInfo
  const origin = `https://127.0.0.1:${port}`
  let kid = ''
  const rotate = async () => {
    const key = await newKey()
    answer = makeProvider(origin, key)
    kid = String(key.kid)
    return kid
  }
  await rotate()
  return {
    origin,
    discoveryUrl: `${origin}/.well-known/openid-configuration`,
    token: () => tokenOf(origin, authority.cert),
    idToken: (login) => idTokenByCode({ origin, ca: authority.cert, client: webApp, login }),
    kid: () => kid,
    rotate,
    async stop() {
      if (!listener.listening) return
      const closed = new Promise((resolve) => listener.close(resolve))
      listener.closeAllConnections()
      await closed
    },
    listen: () => listen(port),
  }
}

const client = { id: 'ci-agent', secret: 'a secret of the peer' }

/** A public client: it has no secret, PKCE instead. */
export const webApp = { id: 'web-app', redirectUri: 'https://web-app.example/callback' }

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: 'ES256', use: 'sig' }
}

function makeProvider(origin: string, key: JWK): RequestListener {
  const provider = new Provider(origin, {
    jwks: { keys: [key] },
    ttl: { ClientCredentials: 600, AccessToken: 600, IdToken: 600, Interaction: 600, Session: 600, Grant: 600 },
    findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub }) }),
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        id_token_signed_response_alg: 'ES256',
      },
      {
        client_id: webApp.id,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code'],
        redirect_uris: [webApp.redirectUri],
        response_types: ['code'],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    features: {
      // Its own pages for login and consent: any name may sign in.
      devInteractions: { enabled: true },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({
          scope: 'deploy',
          audience,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
  })
  return provider.callback()
}

async function tokenOf(origin: string, ca: string): Promise<string> {
  const auth = `${client.id}:${encodeURIComponent(client.secret)}`
  const form = { grant_type: 'client_credentials', resource: audience, scope: 'deploy' }
  const { text } = await ask(`${origin}/token`, { ca, auth, form })
  const token: unknown = JSON.parse(text).access_token
  if (typeof token !== 'string') throw new Error(`The provider gave no token: ${text}`)
  return token
}
