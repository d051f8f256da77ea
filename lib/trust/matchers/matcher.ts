import type { z } from 'zod'
import type { ClaimValue } from '../claims'
import type { Work } from './glob'

/** How a claim's value is compared. Pure; a value it cannot understand does not match (fail closed). */
export type MatcherDefinition<Kind extends string, Schema extends z.ZodObject<{ kind: z.ZodLiteral<Kind> }>> = {
  kind: Kind
  schema: Schema
  /** Whether the value found in the token satisfies the matcher. Never called for a missing claim. */
  matches(matcher: z.output<Schema>, claim: ClaimValue, work: Work): boolean
  /** The accepted values, for people: `one of "a", "b*"`. */
  describe(matcher: z.output<Schema>): string
  /** Why a value that does not match does not, when more can be said than "it is different". */
  explain?(matcher: z.output<Schema>, claim: ClaimValue, work: Work): string | null
}

export function defineMatcher<Kind extends string, Schema extends z.ZodObject<{ kind: z.ZodLiteral<Kind> }>>(
  definition: MatcherDefinition<Kind, Schema>,
) {
  return definition
}
