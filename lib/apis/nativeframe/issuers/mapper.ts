import type { z } from 'zod'
import type { Check } from '@/lib/trust/engine/verdict'
import type { JsonObject } from '@/lib/trust/json/json'
import { uint64Of } from '@/lib/trust/json/uint64'
import { issuer } from '@/lib/trust/kinds'
import { type IssuerOptions, toIssuerDraft } from '@/lib/trust/kinds/issuer'
import type { ClaimRule } from '@/lib/trust/policy'
import type { Trust, TrustDraft } from '@/lib/trust/trust'
import type { Issuer, IssuerInput } from './wire'

type Draft = z.input<typeof TrustDraft>

/** Returns the draft of a new standalone issuer; `options` are set for issuers of a configuration file. */
export function toDraft(sent: IssuerInput, options: Partial<IssuerOptions> = {}) {
  return toIssuerDraft(
    { issuer: sent.iss, keys: toKeys(sent), rules: toRules(sent) },
    { project: sent.project.id, ...options },
  )
}

/**
 * Returns the draft of a replacement. Keys and rules are those sent, so only a trust that `toWire` can represent may be
 * replaced. Name, lifetime, algorithms, grant and other options are kept.
 */
export function toReplacedDraft(before: Trust, sent: IssuerInput): Draft {
  const kept = issuer.is(before) ? before.options : {}
  const { kind, options, keys, rules } = toDraft(sent, { ...kept, project: sent.project.id })
  return { ...before, kind, options, keys, rules }
}

/** Returns the wire form of a trust, or null when this API cannot represent it. */
export function toWire(trust: Trust): Issuer | null {
  const keys = fromKeys(trust.keys)
  const bound = fromRules(trust.rules)
  if (!issuer.is(trust) || trust.issuer === null || !keys || !bound) return null
  const { options } = trust
  if (options.project === null) return null
  // In the document's order.
  return {
    iss: trust.issuer,
    project: { id: options.project },
    JWKsURL: keys.JWKsURL,
    ...bound,
    internal: options.internal,
    static: options.static,
    keys: keys.keys,
  }
}

/** Returns a check in the test's answer. */
export const toCheckAnswer = ({ id, status, expected, received, message, reason, fix }: Check) => ({
  id,
  status,
  expected,
  received,
  message,
  reason,
  fix,
})

/** Returns a login's answer: the access token and its carried claims. */
export const toTokenAnswer = (
  { accessToken, expiresIn }: { accessToken: string; expiresIn: number },
  { roles = [], prm = 0n }: JsonObject,
  decisionId: string,
) => ({ accessToken, tokenType: 'Bearer' as const, expiresIn, roles, prm, decisionId })

/** URL first, because the first source that has a kid wins. */
function toKeys({ JWKsURL, keys }: IssuerInput): z.input<typeof TrustDraft>['keys'] {
  return [
    ...(JWKsURL ? [{ kind: 'jwks-url' as const, url: JWKsURL }] : []),
    ...(keys ?? []).map((jwk) => ({ kind: 'inline-jwk' as const, jwk })),
  ]
}

function fromKeys(sources: Trust['keys']): Pick<Issuer, 'JWKsURL' | 'keys'> | null {
  const [first] = sources
  const url = first?.kind === 'jwks-url' && first.caCert === '' ? first.url : null
  const supplied = url === null ? sources : sources.slice(1)
  const keys = supplied.flatMap((source) => (source.kind === 'inline-jwk' ? [source.jwk] : []))
  return keys.length === supplied.length ? { JWKsURL: url ?? '', keys } : null
}

/** Empty means no rule; so does a mask of 0, which Go clients cannot distinguish from absence. */
function toRules({ aud, roles, prm }: IssuerInput): ClaimRule[] {
  const mask = uint64OfWire(prm) ?? 0n
  return [
    ...(aud?.length
      ? [{ path: 'aud', matcher: { kind: 'equals-any', values: aud }, whenAbsent: 'refuse' } as const]
      : []),
    ...(roles?.length
      ? [{ path: 'roles', matcher: { kind: 'subset-of', values: roles }, whenAbsent: 'allow' } as const]
      : []),
    ...(mask === 0n
      ? []
      : [{ path: 'prm', matcher: { kind: 'within-bitmask', mask: String(mask) }, whenAbsent: 'allow' } as const]),
  ]
}

function fromRules(rules: Trust['rules']): Pick<Issuer, 'aud' | 'roles' | 'prm'> | null {
  const bound = { aud: [] as string[], roles: [] as string[], prm: 0n }
  const seen = new Set<string>()
  for (const { path, matcher, whenAbsent } of rules) {
    if (seen.has(path) || whenAbsent !== (path === 'aud' ? 'refuse' : 'allow')) return null
    seen.add(path)
    if (path === 'aud' && matcher.kind === 'equals-any') bound.aud = matcher.values
    else if (path === 'roles' && matcher.kind === 'subset-of' && matcher.values.length > 0) bound.roles = matcher.values
    else if (path === 'prm' && matcher.kind === 'within-bitmask' && matcher.mask !== '0')
      bound.prm = BigInt(matcher.mask)
    else return null
  }
  return bound
}

/** Parses `prm`: an integer or its decimal text; absent and `null` are 0; null for anything else. */
export function uint64OfWire(prm: unknown): bigint | null {
  if (prm === undefined || prm === null) return 0n
  return typeof prm === 'string' || typeof prm === 'number' || typeof prm === 'bigint' ? uint64Of(prm) : null
}
