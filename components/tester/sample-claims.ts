import { findClaim } from '@/lib/trust/claims'
import type { JsonObject, JsonValue } from '@/lib/trust/json/json'
import { claimMatches } from '@/lib/trust/matchers'
import { isPattern } from '@/lib/trust/matchers/glob'
import type { ClaimRule, TrustPolicy } from '@/lib/trust/policy'

/** Lifetime of a test token, in seconds. */
export const testTokenSeconds = 300

/**
 * Returns claims that a trust would accept, as far as a sample can be found for its rules, as the start of a test
 * token. Other claims get placeholders. Pure; `now` in epoch seconds.
 */
export function sampleClaims(policy: Pick<TrustPolicy, 'issuer' | 'rules'>, now: number): JsonObject {
  const claims: JsonObject = {
    iss: policy.issuer ?? 'https://test-issuer.invalid',
    aud: 'keybound',
    sub: 'test-machine',
  }
  for (const rule of policy.rules) {
    const sample = sampleOf(rule)
    if (sample !== null) put(claims, rule.path, sample)
  }
  const issuedAt = Math.floor(now)
  return { ...claims, iat: issuedAt, exp: issuedAt + testTokenSeconds }
}

function sampleOf({ matcher }: ClaimRule): JsonValue | null {
  if (matcher.kind === 'exists') return 'anything'
  if (matcher.kind === 'within-bitmask') return Number(BigInt(matcher.mask) & 0xffn)
  if (matcher.kind === 'subset-of') return matcher.values.slice(0, 1)
  const literals = matcher.values.filter((value) => matcher.kind === 'equals-any' || !isPattern(value))
  const guesses = [
    ...literals,
    ...matcher.values.flatMap((pattern) => [filledIn(pattern, 'example'), filledIn(pattern, '1'), 'example']),
  ]
  return guesses.find((guess) => claimMatches(matcher, guess)) ?? null
}

/**
 * Returns a text that the pattern is likely to match: stars filled in, the first alternative chosen, escapes removed.
 */
function filledIn(pattern: string, filling: string): string {
  return pattern
    .replace(/^!/, 'not-')
    .replace(/\{([^{},]*)(?:,[^{}]*)?\}/g, '$1')
    .replace(/\[([^\]!^])[^\]]*\]/g, '$1')
    .replace(/(?<!\\)\*+/g, filling)
    .replace(/(?<!\\)\?/g, 'x')
    .replace(/\\(.)/g, '$1')
}

/** Sets a value where the address finds it: nested for a path, else as a plain name. */
function put(claims: JsonObject, path: string, value: JsonValue) {
  const steps = path.startsWith('/') ? pointerSteps(path) : path.includes('://') ? [path] : path.split('.')
  const [first, ...rest] = steps
  if (first === undefined || steps.includes('')) return set(claims, path, value)
  if (rest.length === 0) return set(claims, first, value)
  const nested: JsonObject = structuredClone(claims)
  let here = nested
  for (const step of steps.slice(0, -1)) {
    const known = Object.hasOwn(here, step) ? here[step] : undefined
    const next: JsonObject = typeof known === 'object' && known !== null && !Array.isArray(known) ? known : {}
    set(here, step, next)
    here = next
  }
  set(here, steps.at(-1) ?? '', value)
  if (findClaim(nested, path) === undefined) return set(claims, path, value)
  set(claims, first, nested[first] ?? value)
}

const pointerSteps = (path: string) =>
  path
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))

/** Also sets names such as `__proto__`, which an assignment would not make a member. */
const set = (object: JsonObject, name: string, value: JsonValue) => {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
}
