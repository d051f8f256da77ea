import { findClaim, listClaims, stringsOf } from '../claims'
import { claimTypeFault } from '../engine/checks/claim-checks'
import type { JsonObject } from '../json/json'
import type { ClaimRule } from '../policy'
import type { ClaimClass } from '../presets/preset'
import { recognise } from '../presets/recognise'
import { commonPattern } from './common-pattern'

/** Rules that accept some tokens, proposed for a trust in place of its own. */
export type Proposal = {
  id: 'tightest' | 'ids' | 'patterns'
  title: string
  rules: ClaimRule[]
}

/** Tokens that are looked at, and claims of each that are bound. */
const [tokensMax, rulesMax] = [5, 20]

/** Claims of a token itself, which the next one says otherwise, and the issuer, which is no rule. */
const passing = new Set('iss exp nbf iat jti nonce auth_time at_hash c_hash sid updated_at toe'.split(' '))

/** Which claims identify before others: an id that is never given to another, then names, then circumstances. */
const order: ClaimClass[] = ['id', 'name', 'gate', 'user']

/**
 * Proposes rules that accept every one of some tokens of the same workload: what they share is kept, what varies becomes a list or a
 * pattern, and what only some have is left out. Ids come before names. None where the tokens are of several issuers or say nothing to
 * hold on to.
 */
export function proposeRules(tokens: readonly JsonObject[]): Proposal[] {
  const given = tokens.slice(0, tokensMax)
  const [first] = given
  if (!first || given.some(({ iss }) => iss !== first.iss)) return []
  const bound = claimsOf(first)
    .flatMap(({ path, kind }) => {
      const texts = given.map((token) => textsAt(token, path))
      return texts.every((one) => one.length > 0) ? [{ path, kind, texts }] : []
    })
    .sort((one, other) => rankOf(one) - rankOf(other))
    .slice(0, rulesMax)

  const all = bound.map((one) => ruleOf(one, 'list'))
  const ids = bound.filter(({ path, kind }) => path === 'aud' || kind === 'id').map((one) => ruleOf(one, 'list'))
  const patterns = bound.map((one) => ruleOf(one, 'pattern'))
  const proposals: Proposal[] = [
    { id: 'tightest', title: 'The tightest rules that accept these', rules: all },
    { id: 'ids', title: 'Only ids, which outlive a change of names', rules: ids },
    { id: 'patterns', title: 'What varies as a pattern', rules: patterns },
  ]
  const seen = new Set<string>()
  return proposals.filter(({ id, rules }) => {
    const text = JSON.stringify(rules)
    const isNew = !seen.has(text) && rules.length > (id === 'ids' ? ids.filter(({ path }) => path === 'aud').length : 0)
    seen.add(text)
    return isNew
  })
}

type Bound = { path: string; kind: ClaimClass | null; texts: string[][] }

const rankOf = ({ path, kind }: Bound) =>
  path === 'aud' ? 0 : path === 'sub' ? 1 : 2 + (kind === null ? order.length : order.indexOf(kind))

/** The claims that can be bound: audience, subject, and those whose class says that they stay. */
function claimsOf(token: JsonObject): Omit<Bound, 'texts'>[] {
  const classes = new Map(recognise(token).classes.map(({ path, class: kind }) => [path, kind]))
  return listClaims(token).flatMap(({ path }) => {
    const kind = classes.get(path) ?? null
    if (passing.has(path) || kind === 'ephemeral') return []
    const isKnown = path === 'aud' || path === 'sub' || (kind !== null && kind !== 'user')
    return isKnown ? [{ path, kind }] : []
  })
}

/** The values of a claim as rules compare them; none where a rule cannot. */
function textsAt(token: JsonObject, path: string): string[] {
  const claim = findClaim(token, path)
  if (claim === undefined || claimTypeFault(path, claim)) return []
  return stringsOf(claim).filter((text) => text !== '')
}

/** Exactly what the tokens share; of what varies, each value or a pattern of all. */
function ruleOf({ path, texts }: Bound, how: 'list' | 'pattern'): ClaimRule {
  const shared = (texts[0] ?? []).filter((text) => texts.every((one) => one.includes(text)))
  const values = shared.length > 0 ? shared : [...new Set(texts.map(([text]) => text ?? ''))]
  const pattern = how === 'pattern' && values.length > 1 && shared.length === 0 ? commonPattern(values) : null
  return {
    path,
    matcher: pattern === null ? { kind: 'equals-any', values } : { kind: 'glob-any', values: [pattern] },
    whenAbsent: 'refuse',
  }
}
