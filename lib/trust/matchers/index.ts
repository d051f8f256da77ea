import type { z } from 'zod'
import type { ClaimValue } from '../claims'
import { registry } from '../registry'
import { equalsAny } from './equals-any'
import { exists } from './exists'
import { newWork, type Work } from './glob'
import { globAny } from './glob-any'
import { subsetOf } from './subset-of'
import { withinBitmask } from './within-bitmask'

export const matchers = registry(globAny, equalsAny, subsetOf, withinBitmask, exists)

type AnyMatcher = z.output<typeof matchers.schema>

/** Whether a claim that is there satisfies a matcher, within the work that is left. */
export const claimMatches = (matcher: AnyMatcher, claim: ClaimValue, work: Work = newWork()) =>
  itemOf(matcher).matches(matcher, claim, work)

/** Describes the values that a matcher accepts, for people who may know them. */
export const describeMatcher = (matcher: AnyMatcher) => itemOf(matcher).describe(matcher)

/** Why a claim does not match, where more can be said than that it is different. */
export const explainMismatch = (matcher: AnyMatcher, claim: ClaimValue, work: Work = newWork(explanationStepsMax)) =>
  itemOf(matcher).explain?.(matcher, claim, work) ?? null

/** An explanation is worth a tenth of a verdict. */
export const explanationStepsMax = 100_000

/** The item a matcher belongs to. The one cast: an item of a kind takes matchers of that kind, which the type forgets. */
function itemOf(matcher: AnyMatcher) {
  return matchers.of(matcher.kind) as unknown as {
    matches(matcher: AnyMatcher, claim: ClaimValue, work: Work): boolean
    describe(matcher: AnyMatcher): string
    explain?(matcher: AnyMatcher, claim: ClaimValue, work: Work): string | null
  }
}
