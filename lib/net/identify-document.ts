import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '@/lib/trust/json/json'

/** What a document is that is not what was asked for; null when it cannot be told. Nothing secret, and nothing of it verified. */
export type IdentifiedDocument =
  | {
      kind:
        | 'key-set'
        | 'key'
        | 'key-list'
        | 'certificates'
        | 'error'
        | 'saml'
        | 'xml'
        | 'web-page'
        | 'pem'
        | 'token'
        | 'empty'
    }
  /** Metadata of a provider (OpenID Connect Discovery 1.0) or of an authorization server (RFC 8414). */
  | { kind: 'discovery' | 'server-metadata'; issuer: string | null; jwksUri: string | null }

/** Looks at the bytes of an answer, at most 512 KiB of them, and tells what it is. Never throws. */
export function identifyDocument(body: Uint8Array): IdentifiedDocument | null {
  const text = new TextDecoder('utf-8').decode(body).trim()
  if (text === '') return { kind: 'empty' }
  const parsed = /^[[{]/.test(text) ? parseJson(text) : null
  if (parsed) return parsed.ok ? identifyJson(parsed.value) : null
  const start = text.slice(0, 2_000)
  return byLook.find(({ looks }) => looks.test(start))?.is ?? null
}

const byLook: { looks: RegExp; is: IdentifiedDocument }[] = [
  { looks: /^<(?:!doctype html|html)[\s>]/i, is: { kind: 'web-page' } },
  { looks: /<(?:[\w-]+:)?(?:EntityDescriptor|EntitiesDescriptor)[\s>]/, is: { kind: 'saml' } },
  { looks: /^<(?:\?xml|[A-Za-z])/, is: { kind: 'xml' } },
  { looks: /-----BEGIN [A-Z0-9 ]+-----/, is: { kind: 'pem' } },
  { looks: /^eyJ[\w-]+\.[\w-]+\.[\w-]*\s*$/, is: { kind: 'token' } },
]

function identifyJson(value: JsonValue): IdentifiedDocument | null {
  if (Array.isArray(value)) return value.some((entry) => isKey(entry)) ? { kind: 'key-list' } : null
  if (!isJsonObject(value)) return null
  if (isMetadata(value)) {
    const isOpenId = value.id_token_signing_alg_values_supported !== undefined || value.userinfo_endpoint !== undefined
    const facts = { issuer: textOf(value.issuer), jwksUri: textOf(value.jwks_uri) }
    return { kind: isOpenId ? 'discovery' : 'server-metadata', ...facts }
  }
  if (Array.isArray(value.keys)) return { kind: 'key-set' }
  if (isKey(value)) return { kind: 'key' }
  const members = Object.values(value)
  if (members.length > 0 && members.every((member) => /^-----BEGIN CERTIFICATE-----/.test(textOf(member) ?? '')))
    return { kind: 'certificates' }
  const isError = ['error', 'errors', 'error_description', 'errorCode', 'message', 'detail', 'fault'].some((name) =>
    Object.hasOwn(value, name),
  )
  return isError ? { kind: 'error' } : null
}

/** RFC 8414 §2: an issuer, and at least one place to go to. */
const isMetadata = (value: JsonObject) =>
  typeof value.issuer === 'string' &&
  ['jwks_uri', 'authorization_endpoint', 'token_endpoint', 'introspection_endpoint'].some((name) =>
    Object.hasOwn(value, name),
  )

const isKey = (value: JsonValue) => isJsonObject(value) && typeof value.kty === 'string'

const textOf = (value: JsonValue | undefined) => (typeof value === 'string' ? value : null)

/** Describes an identified document, as the end of "The answer is …". */
export function wordsOf({ kind }: IdentifiedDocument): string {
  return words[kind]
}

const words: Record<IdentifiedDocument['kind'], string> = {
  'key-set': 'a JSON Web Key Set (JWKS)',
  key: 'a single JSON Web Key, not a set of keys',
  'key-list': 'a list of JSON Web Keys, not an object with the member `keys`',
  certificates: 'a map of X.509 certificates, not a JSON Web Key Set',
  discovery: 'an OpenID Connect discovery document',
  'server-metadata': 'OAuth authorization server metadata (RFC 8414)',
  error: 'JSON that reports an error',
  saml: 'SAML metadata in XML',
  xml: 'XML',
  'web-page': 'a web page',
  pem: 'PEM text, not JSON',
  token: 'a token (JWT)',
  empty: 'empty',
}
