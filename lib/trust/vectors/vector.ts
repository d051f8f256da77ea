import type { z } from 'zod'
import type { CheckId } from '../engine/verdict'
import type { JsonObject } from '../json/json'
import type { Jwk } from '../key-sources/key-source'
import type { TrustPolicy } from '../policy'
import type { KeyName, VectorIssuer } from './vector-issuer'

/** A token, the policy that judges it, and the verdict that Node, the browser and the login must reach. */
export type Vector = {
  /** The guarantee, in words; unique. */
  name: string
  accepted: boolean
  /** The check that decides a refusal; null when accepted. */
  decisive: CheckId | null
  make(issuer: VectorIssuer): Promise<MadeVector>
}

export type MadeVector = {
  token: string
  policy: z.input<typeof TrustPolicy>
  /** What the policy's remote sources answer, by URL; null for one that does not answer. */
  keySets: Record<string, Jwk[] | null>
}

/** How a vector differs from a token that is accepted: signed RS256, two claims bound, five minutes to live. */
export type Difference = {
  /** The key that signs the token. The trust has its public half unless `set` says otherwise. */
  key?: KeyName
  /** Header `alg`, and how it is signed. */
  alg?: string
  /** Members laid over the header; undefined removes one. */
  header?: (issuer: VectorIssuer) => Record<string, unknown>
  /** Members laid over the claims; undefined removes one. */
  claims?: (issuer: VectorIssuer) => Record<string, unknown>
  /** The header and claims texts, for what no object can say. */
  headerText?: (text: string) => string
  claimsText?: (text: string, issuer: VectorIssuer) => string
  /** What happens to the token after it was signed. */
  bend?: (token: string, issuer: VectorIssuer) => string | Promise<string>
  policy?: (issuer: VectorIssuer) => Partial<z.input<typeof TrustPolicy>>
  /** The keys that the trust's source answers with. */
  set?: (issuer: VectorIssuer) => Jwk[]
  /** More sources, by URL. */
  keySets?: (issuer: VectorIssuer) => Record<string, Jwk[] | null>
}

export const accepted = (name: string, difference: Difference = {}): Vector => ({
  name,
  accepted: true,
  decisive: null,
  make: (issuer) => make(issuer, difference),
})

export const refused = (decisive: CheckId, name: string, difference: Difference): Vector => ({
  name,
  accepted: false,
  decisive,
  make: (issuer) => make(issuer, difference),
})

/** Claims of an accepted token. */
export const plainClaims = ({ issuer, audience, now }: VectorIssuer) => ({
  iss: issuer,
  aud: audience,
  sub: 'machine-1',
  iat: now - 10,
  nbf: now - 10,
  exp: now + 300,
  jti: 'token-1',
})

async function make(issuer: VectorIssuer, difference: Difference): Promise<MadeVector> {
  const { key = 'rsa', alg = 'RS256' } = difference
  const header = without({ alg, typ: 'JWT', kid: key, ...difference.header?.(issuer) })
  const claims = without({ ...plainClaims(issuer), ...difference.claims?.(issuer) })
  const headerText = JSON.stringify(header)
  const claimsText = JSON.stringify(claims)
  const token = await issuer.sign({
    key,
    alg,
    header: difference.headerText?.(headerText) ?? headerText,
    claims: difference.claimsText?.(claimsText, issuer) ?? claimsText,
  })
  const url = issuer.keySetUrl('main')
  return {
    token: (await difference.bend?.(token, issuer)) ?? token,
    policy: {
      issuer: issuer.issuer,
      keys: [{ kind: 'jwks-url', url }],
      rules: [{ path: 'aud', matcher: { kind: 'equals-any', values: [issuer.audience] } }],
      ...difference.policy?.(issuer),
    },
    keySets: { [url]: difference.set?.(issuer) ?? [issuer.publicJwk(key)], ...difference.keySets?.(issuer) },
  }
}

/** Returns own members only, including `__proto__`; members that are undefined are left out. */
function without(members: Record<string, unknown>): JsonObject {
  return JSON.parse(JSON.stringify(members))
}
