import { isIssuerTemplate } from '@/lib/trust/issuer-template'
import type { FetchFailure } from './destination'
import { failure } from './fetch-failure'
import { type IdentifiedDocument, identifyDocument, wordsOf } from './identify-document'

/** Which document was wanted. */
export type Wanted = 'key-set' | 'discovery'

/**
 * Why an answer is not the document that was wanted, in terms of what it is instead. `problem` is the end of a sentence that
 * counts where the document is not identified. The message repeats nothing of the document; the fix, which is for the owner
 * alone, may name its `jwks_uri`.
 */
export function explainAnswer(
  wanted: Wanted,
  body: Uint8Array,
  { reason, problem }: { reason: 'not-json' | 'not-a-key-set'; problem: string },
): FetchFailure {
  const found = identifyDocument(body)
  if (!found || found.kind === (wanted === 'discovery' ? 'discovery' : 'key-set')) {
    const subject = wanted === 'discovery' ? 'The key source’s discovery document' : 'The key source’s answer'
    return failure(reason, `${subject} ${problem}.`, compare)
  }
  const missing = wanted === 'discovery' ? 'an OpenID Connect discovery document' : 'a JSON Web Key Set'
  const message = `The key source’s answer is ${wordsOf(found)}; ${missing} is wanted.`
  return failure(isJson(found) ? 'not-a-key-set' : 'not-json', message, fixOf(wanted, found))
}

/** What was found at the URL as it was given, where the address made of it failed; null when that is of no help. */
export function explainGiven(body: Uint8Array): string | null {
  const found = identifyDocument(body)
  if (found?.kind !== 'key-set' && found?.kind !== 'discovery' && found?.kind !== 'server-metadata') return null
  return `The URL as it was given answers with ${wordsOf(found)}. ${fixOf('discovery', found)}`
}

function fixOf(wanted: Wanted, found: IdentifiedDocument): string {
  if (found.kind === 'key-set') return 'Choose JWKS URL as the kind of this key source, with this same URL.'
  if (found.kind === 'discovery' || found.kind === 'server-metadata') {
    const jwks = found.jwksUri
      ? `choose JWKS URL and give its jwks_uri: ${shown(found.jwksUri)}`
      : 'it names no jwks_uri: ask the issuer where its keys are'
    const issuer = found.issuer && !isIssuerTemplate(found.issuer) ? found.issuer : null
    if (wanted === 'key-set' && found.kind === 'discovery') {
      const discover = `Choose OIDC discovery as the kind of this key source${issuer ? `, with its issuer as the URL: ${shown(issuer)}` : ''}`
      return `${discover}; or ${jwks}.`
    }
    return `${jwks.charAt(0).toUpperCase()}${jwks.slice(1)}.`
  }
  return fixes[found.kind]
}

/** For the owner: without credentials, and of a length that can be read. */
export function shown(url: string): string {
  const bare = url.replace(/^([a-z]+:\/\/)[^/?#]*@/i, '$1')
  return bare.length > 300 ? `${bare.slice(0, 300)}…` : bare
}

const isJson = ({ kind }: IdentifiedDocument) => !['saml', 'xml', 'web-page', 'pem', 'token', 'empty'].includes(kind)

const compare = 'Open the URL from this server and compare: is it the document this key source should read?'

const fixes: Record<Exclude<IdentifiedDocument['kind'], 'key-set' | 'discovery' | 'server-metadata'>, string> = {
  key: 'Publish it as {"keys":[…]} (RFC 7517 §5), or give it to the trust as a public key.',
  'key-list': 'Publish it as {"keys":[…]} (RFC 7517 §5), or give the keys to the trust as public keys.',
  certificates: 'Give the URL of the same keys as a JWKS; Google, for example, has it at /oauth2/v3/certs.',
  error:
    'Open the URL from this server: it must answer with the keys, and without a sign-in or a parameter that is missing.',
  saml: 'SAML assertions cannot be verified here. Give the URL of the issuer’s JSON Web Key Set.',
  xml: 'Give the URL of the issuer’s JSON Web Key Set.',
  'web-page': 'Give the URL of the key document itself, not of a page about it or of a sign-in.',
  pem: 'Give the key to the trust as a public key (PEM), or the URL of a JSON Web Key Set.',
  token: 'Give the URL of the keys that verify such tokens, not of a token.',
  empty: 'Open the URL from this server: it must answer with the keys.',
}
