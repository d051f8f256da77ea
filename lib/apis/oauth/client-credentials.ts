import { AppError } from '@/lib/errors'
import { type ClientCredentials, clientRefused } from '@/lib/services/access-token/authenticate-client'

/**
 * Returns the credentials of an OAuth client (RFC 6749 §2.3.1): HTTP Basic, or `client_id` and `client_secret` in the
 * body. Null when there are none.
 * @throws AppError `malformed` for several ways at once, `unauthenticated` for unreadable Basic
 */
export function clientCredentials(headers: Headers, body: unknown): ClientCredentials | null {
  const authorization = headers.get('authorization')
  const posted = postedCredentials(body)
  if (posted && authorization !== null) {
    throw new AppError('malformed', 'Authenticate in one way: with the Authorization header, or with client_secret.')
  }
  return posted ?? basicCredentials(authorization)
}

const isBasic = (authorization: string | null) => /^basic(?: |$)/i.test(authorization ?? '')

function postedCredentials(body: unknown): ClientCredentials | null {
  if (typeof body !== 'object' || body === null || !('client_secret' in body)) return null
  const { client_secret: secret } = body
  const clientId = 'client_id' in body ? body.client_id : ''
  if (typeof secret !== 'string' || typeof clientId !== 'string') {
    throw new AppError('malformed', 'client_id and client_secret must be text.')
  }
  return { clientId, secret }
}

function basicCredentials(authorization: string | null): ClientCredentials | null {
  if (authorization === null || !isBasic(authorization)) return null
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1] ?? ''
  const [clientId = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  if (rest.length === 0) throw clientRefused()
  return { clientId: formDecoded(clientId), secret: formDecoded(rest.join(':')) }
}

/** Both halves are form-encoded; UUIDs and tokens are the same without it. */
function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch (cause) {
    throw clientRefused(cause)
  }
}
