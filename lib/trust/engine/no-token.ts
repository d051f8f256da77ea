import { isJsonObject, parseJson } from '../json/json'
import { decodeBase64url, decodeUtf8 } from '../keys/base64url'
import { type DecodedToken, isShortened, type TokenKind } from './token'

/** Kinds of which the text says more. */
const described: readonly TokenKind[] = ['opaque', 'json', 'saml', 'malformed']

/**
 * Returns why a decoded text is no signed token, in a sentence; null when it is one. Says more than its `problem`, and is apart
 * from it, so that pages which only decode do not load it. Never repeats the text.
 */
export function describeProblem({
  kind,
  text,
  problem,
}: Pick<DecodedToken, 'kind' | 'text' | 'problem'>): string | null {
  if (problem === null || !described.includes(kind) || isShortened(text)) return problem
  return describeText(text) ?? problem
}

function describeText(text: string): string | null {
  if (text.startsWith('{')) return describeJson(text)
  const form = forms.find(({ looks }) => looks.test(text))
  if (form) return form.is
  return segmentWords(text)
}

const secretOf = (maker: string) =>
  `This is ${maker}. It is opaque: a secret of that service, which no other party can verify.`

/** Forms of other tokens and of texts that are pasted in place of one, by the documents of their makers. */
const forms: readonly { looks: RegExp; is: string }[] = [
  { looks: beginning('gh[opsur]_', 'github_pat_'), is: secretOf('a token of GitHub’s API') },
  { looks: beginning('gl(?:pat|cbt|dt|rt|ptt|ft|soat)-'), is: secretOf('a token of GitLab’s API') },
  { looks: beginning('hv[sbr]\\.[A-Za-z0-9]{20}', '[sb]\\.[A-Za-z0-9]{20}'), is: secretOf('a token of Vault') },
  { looks: beginning('(?:AKIA|ASIA)[A-Z0-9]{16}\\b'), is: secretOf('an access key id of AWS') },
  { looks: beginning('xox[abeprs]-'), is: secretOf('a token of Slack') },
  { looks: beginning('npm_', 'pypi-', 'dckr_pat_'), is: secretOf('a token of a package registry') },
  { looks: beginning('ya29\\.'), is: secretOf('an access token of Google') },
  { looks: beginning('[A-Za-z0-9]{14}\\.atlasv1\\.'), is: secretOf('a token of HCP Terraform') },
  {
    looks: beginning('(?:FlyV1 )?f(?:m1r|m1a|m2|o1)_', 'MDA\\w{3}xvY2F0aW9u'),
    is: 'This is a macaroon, and not a JSON Web Token. Only the service that issued it can verify it.',
  },
  {
    looks: beginning('k8s-aws-v1\\.'),
    is: 'This is a token for Amazon EKS: a signed AWS request in base64, and not a JSON Web Token.',
  },
  {
    looks: beginning('v[1-4]\\.(?:local|public)\\.'),
    is: 'This is a PASETO, and not a JSON Web Token. Ask the issuer for a signed JWT.',
  },
  {
    looks: /^(?:eyJ|ew)[\w-]+\.[\w-]+\.[\w-]*~/,
    is: 'This is an SD-JWT: a token with disclosures behind "~". No login takes one; only the part before the first "~" is a JSON Web Token.',
  },
  {
    looks: /^(?:(?:proxy-)?authorization\s*:\s*)?basic\s+[A-Za-z0-9+/=]{4,}$/i,
    is: 'These are a user name and a password (HTTP Basic), and not a token. Replace the password if it was pasted elsewhere, too.',
  },
  { looks: /^https?:\/\/\S+$/i, is: 'This is a URL, and there is no token in it.' },
  {
    looks: /^\$\{?\{?\s*[A-Za-z_][\w.]*\s*\}{0,2}$|^<[A-Za-z][\w -]{1,60}>$/,
    is: 'This is the name of a variable or a placeholder, and not its value.',
  },
  { looks: /^<(?:!doctype html|html)/i, is: 'This is a web page, perhaps of a sign-in or an error, and not a token.' },
]

/** At the beginning, or behind the name of a header or a variable. */
function beginning(...starts: string[]): RegExp {
  return new RegExp(`^(?:[\\w .$-]{1,60}[=:]\\s{0,4}["']?)?(?:token |bearer )?(?:${starts.join('|')})`, 'i')
}

/** What JSON is by its members; the first row of which all are there. */
const objects: readonly { members: readonly string[]; is: string }[] = [
  { members: ['payload', 'signature'], is: inJson() },
  { members: ['payload', 'signatures'], is: inJson() },
  { members: ['ciphertext'], is: 'This is an encrypted token (JWE) as JSON. Only signed tokens can be judged.' },
  { members: ['keys'], is: 'This is a set of public keys (JWKS), and not a token. It belongs to the keys of a trust.' },
  { members: ['kty'], is: 'This is a public key (JWK), and not a token. It belongs to the keys of a trust.' },
  { members: ['jwks_uri'], is: 'This is the discovery document of an issuer, and not a token.' },
  { members: ['error'], is: 'This is the answer to a request that failed: no token was issued.' },
  ...['iss', 'sub', 'exp'].map((name) => ({ members: [name], is: part('claims') })),
  { members: ['alg'], is: part('header') },
]

function inJson(): string {
  return 'This is a token as JSON (RFC 7515 §7.2). Logins take the compact form: protected header, payload and signature, joined by dots.'
}

function part(name: string): string {
  return `This is the ${name} of a token alone. Paste the whole token: three base64url segments joined by dots.`
}

function describeJson(text: string): string | null {
  const parsed = parseJson(text)
  if (!parsed.ok || !isJsonObject(parsed.value)) return null
  const { value } = parsed
  return objects.find(({ members }) => members.every((name) => Object.hasOwn(value, name)))?.is ?? null
}

/** One segment of a token: base64url of a JSON object. */
function segmentWords(text: string): string | null {
  if (/^e[wy][\w-]+\.[\w-]+$/.test(text))
    return 'The signature is missing: a signed token has three segments joined by dots; this has 2. Was it copied whole?'
  if (/\s/.test(text) && !text.includes('.')) return 'There is no token in this text.'
  if (!/^e[wy][\w-]+$/.test(text)) return null
  const bytes = decodeBase64url(text)
  const json = bytes && decodeUtf8(bytes)
  const parsed = json ? parseJson(json) : null
  if (!parsed?.ok || !isJsonObject(parsed.value)) return null
  return part(Object.hasOwn(parsed.value, 'alg') ? 'header' : 'claims')
}
