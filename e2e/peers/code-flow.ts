import { createHash, randomBytes } from 'node:crypto'
import { type Asked, ask } from './ask'

export type CodeFlow = {
  origin: string
  /** The certificate of the authority that vouches for the provider. */
  ca: string
  client: { id: string; redirectUri: string }
  /** Who signs in at the provider: the `sub` of its tokens. */
  login: string
}

/**
 * Signs a person in by the authorization code flow with PKCE (RFC 6749 §4.1, RFC 7636), as a browser and a public client
 * do it together: through the provider's own pages for login and consent. Answers the ID token.
 */
export async function idTokenByCode({ origin, ca, client, login }: CodeFlow): Promise<string> {
  const verifier = randomBytes(32).toString('base64url')
  const state = randomBytes(16).toString('base64url')
  const query = new URLSearchParams({
    client_id: client.id,
    redirect_uri: client.redirectUri,
    response_type: 'code',
    scope: 'openid',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const back = await throughPages(`${origin}/auth?${query}`, { ca, login, until: client.redirectUri })
  if (back.searchParams.get('state') !== state) throw new Error(`The provider came back with another state: ${back}`)
  const form = {
    grant_type: 'authorization_code',
    client_id: client.id,
    redirect_uri: client.redirectUri,
    code: back.searchParams.get('code') ?? '',
    code_verifier: verifier,
  }
  const { text } = await ask(`${origin}/token`, { ca, form })
  const token: unknown = JSON.parse(text).id_token
  if (typeof token !== 'string') throw new Error(`The provider gave no ID token: ${text}`)
  return token
}

/** Follows redirects and fills in the forms of the provider's pages until it sends the browser to `until`. */
async function throughPages(first: string, { ca, login, until }: { ca: string; login: string; until: string }) {
  const cookies = new Map<string, string>()
  let address = first
  let form: Record<string, string> | undefined
  for (let step = 0; step < 12; step++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await ask(address, { ca, headers: { cookie }, ...(form && { form }) })
    keepCookies(cookies, answer)
    const { location } = answer.headers
    if (location?.startsWith(until)) return new URL(location)
    if (location) {
      address = new URL(location, address).href
      form = undefined
      continue
    }
    const prompt = /name="prompt" value="(\w+)"/.exec(answer.text)?.[1]
    const action = /action="([^"]+)"/.exec(answer.text)?.[1]
    if (!prompt || !action) throw new Error(`The provider answers ${answer.status} with no form: ${answer.text}`)
    address = new URL(action, address).href
    form = prompt === 'login' ? { prompt, login, password: 'any will do' } : { prompt }
  }
  throw new Error(`The provider never sent the browser to ${until}.`)
}

function keepCookies(cookies: Map<string, string>, { headers }: Asked): void {
  for (const text of headers['set-cookie'] ?? []) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? []
    if (value === '') cookies.delete(name)
    else cookies.set(name, value)
  }
}
