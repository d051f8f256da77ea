import { type JsonObject, stringifyJson } from '@/lib/trust/json/json'
import { encodeBase64url } from '@/lib/trust/keys/base64url'
import { encodeText, makeTestKey, signTestToken, type TestKey } from './test-token'

type Token = { key: TestKey; claims: JsonObject; now: number }

/** A way to break a token on purpose. */
type Way = {
  group: 'times' | 'claims' | 'keys' | 'form'
  label: string
  /** What the token is then, as the end of a sentence. */
  says: string
  make: (token: Token) => Promise<string>
}

/** Signs the claims with some of them changed; undefined takes a claim away. */
const changed =
  (change: (claims: JsonObject, now: number) => Record<string, JsonObject[string] | undefined>): Way['make'] =>
  ({ key, claims, now }) =>
    signTestToken(key, stringifyJson(defined({ ...claims, ...change(claims, now) })))

const defined = (claims: Record<string, JsonObject[string] | undefined>): JsonObject =>
  Object.fromEntries(Object.entries(claims).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))

const withHeader =
  (header: JsonObject): Way['make'] =>
  ({ key, claims }) =>
    signTestToken(key, stringifyJson(claims), header)

const issuerOf = ({ iss }: JsonObject) => (typeof iss === 'string' ? iss : 'https://issuer.invalid')

/** Ways to break a token, each for one check to find. */
export const breakages = {
  expired: {
    ...{ group: 'times', label: 'Expired', says: 'expired an hour ago' },
    make: changed((_, now) => ({ iat: now - 3900, exp: now - 3600 })),
  },
  'not-yet': {
    ...{ group: 'times', label: 'Not valid yet', says: 'valid in an hour only' },
    make: changed((_, now) => ({ nbf: now + 3600, exp: now + 7200 })),
  },
  future: {
    ...{ group: 'times', label: 'Issued tomorrow', says: 'issued by a clock that is a day ahead' },
    make: changed((_, now) => ({ iat: now + 86_400, exp: now + 86_700 })),
  },
  endless: {
    ...{ group: 'times', label: 'No expiry', says: 'without an end' },
    make: changed(() => ({ exp: undefined })),
  },
  milliseconds: {
    ...{ group: 'times', label: 'Milliseconds', says: 'made by a program that counts in milliseconds' },
    make: changed((_, now) => ({ exp: (now + 300) * 1000 })),
  },
  audience: {
    ...{ group: 'claims', label: 'Wrong audience', says: 'made for another audience' },
    make: changed(() => ({ aud: 'someone-else' })),
  },
  'no-audience': {
    ...{ group: 'claims', label: 'No audience', says: 'made for no audience' },
    make: changed(() => ({ aud: undefined })),
  },
  issuer: {
    ...{ group: 'claims', label: 'Wrong issuer', says: 'from an issuer with one letter more' },
    make: changed((claims) => ({ iss: `${issuerOf(claims)}x` })),
  },
  slash: {
    ...{ group: 'claims', label: 'Trailing slash', says: 'from the same issuer, written with a slash at the end' },
    make: changed((claims) => ({ iss: `${issuerOf(claims)}/` })),
  },
  subject: {
    ...{ group: 'claims', label: 'Another subject', says: 'of another machine of the same issuer' },
    make: changed(() => ({ sub: 'someone-else' })),
  },
  'no-subject': {
    ...{ group: 'claims', label: 'No subject', says: 'of nothing that it names' },
    make: changed(() => ({ sub: undefined })),
  },
  'subject-list': {
    ...{ group: 'claims', label: 'Subject as a list', says: 'one whose subject is a list, with the right one in it' },
    make: changed(({ sub }) => ({ sub: [sub ?? 'test-machine', 'someone-else'] })),
  },
  'foreign-key': {
    ...{ group: 'keys', label: 'Another key', says: 'signed by an unknown key' },
    make: async ({ claims }) => signTestToken(await makeTestKey('unknown-key'), stringifyJson(claims)),
  },
  'same-kid': {
    ...{ group: 'keys', label: 'Another key, same ID', says: 'signed by another key that has the same key ID' },
    make: async ({ key, claims }) => signTestToken(await makeTestKey(key.kid), stringifyJson(claims)),
  },
  'own-key': {
    ...{ group: 'keys', label: 'Brings its own key', says: 'signed by a key that it brings along in its header' },
    async make({ key, claims }) {
      const own = await makeTestKey(key.kid)
      const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', own.publicKey)
      return signTestToken(own, stringifyJson(claims), { jwk: { kty: 'EC', crv: 'P-256', x, y } })
    },
  },
  'shared-secret': {
    ...{
      group: 'keys',
      label: 'HS256 with the public key',
      says: 'signed with your public key, taken as a shared secret',
    },
    make: withSharedSecret,
  },
  unsigned: {
    ...{ group: 'keys', label: 'alg: none', says: 'not signed at all' },
    make: async ({ claims }) => `${encodeText('{"alg":"none","typ":"JWT"}')}.${encodeText(stringifyJson(claims))}.`,
  },
  tampered: {
    ...{ group: 'form', label: 'Tampered claims', says: 'changed after it was signed' },
    make: async ({ key, claims }) => {
      const [header, , signature] = (await signTestToken(key, stringifyJson(claims))).split('.')
      return [header, encodeText(stringifyJson({ ...claims, sub: 'someone-else' })), signature].join('.')
    },
  },
  'cut-off': {
    ...{ group: 'form', label: 'Cut off', says: 'without its last characters' },
    make: async ({ key, claims }) => (await signTestToken(key, stringifyJson(claims))).slice(0, -6),
  },
  padded: {
    ...{ group: 'form', label: 'Padded', says: 'encoded as plain base64, with padding' },
    make: async ({ key, claims }) => (await signTestToken(key, stringifyJson(claims))).replace(/\.([^.]*)\./, '.$1==.'),
  },
  twice: {
    ...{ group: 'form', label: 'A claim twice', says: 'one with two subjects, of which programs read either' },
    make: ({ key, claims }) =>
      signTestToken(key, stringifyJson({ ...claims, sub: 'someone-else' }).replace('{', '{"sub":"test-machine",')),
  },
  critical: {
    ...{ group: 'form', label: 'Critical extension', says: 'one with a header that must be understood' },
    make: withHeader({ crit: ['exp'], exp: 0 }),
  },
  logout: {
    ...{ group: 'form', label: 'Logout token', says: 'a token made to end a session, not to log in' },
    make: withHeader({ typ: 'logout+jwt' }),
  },
} as const satisfies Record<string, Way>

export type Breakage = keyof typeof breakages

/** Ways to break a token by what they break, in order. */
export const breakageGroups: readonly { title: string; ids: readonly Breakage[] }[] = (
  [
    ['times', 'Times'],
    ['claims', 'Claims'],
    ['keys', 'Keys and signature'],
    ['form', 'Form'],
  ] as const
).map(([group, title]) => ({
  title,
  ids: (Object.keys(breakages) as Breakage[]).filter((id) => breakages[id].group === group),
}))

/** Returns a token of these claims with one fault. `now` in epoch seconds. */
export const breakTestToken = (key: TestKey, claims: JsonObject, breakage: Breakage, now: number): Promise<string> =>
  breakages[breakage].make({ key, claims, now: Math.floor(now) })

/** The classic mix-up: a verifier that lets the header choose takes the public key for the secret of an HMAC (RFC 8725 §2.1). */
async function withSharedSecret({ key, claims }: Token): Promise<string> {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const secret = { name: 'HMAC', hash: 'SHA-256' }
  const shared = await crypto.subtle.importKey('raw', bytes(key.pem), secret, false, ['sign'])
  const header = stringifyJson({ alg: 'HS256', kid: key.kid, typ: 'JWT' })
  const signed = `${encodeText(header)}.${encodeText(stringifyJson(claims))}`
  const signature = await crypto.subtle.sign('HMAC', shared, bytes(signed))
  return `${signed}.${encodeBase64url(new Uint8Array(signature))}`
}
