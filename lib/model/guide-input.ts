import type { JsonObject } from '@/lib/trust/json/json'

/** What is known of a workload that is to log in. */
export type GuideInput = {
  /** Id of a preset; null: the one of the sample, or any other issuer. */
  preset: string | null
  /** Ids of an issuer and of a rule set of the preset; null: the usual ones. */
  variant: string | null
  ruleSet: string | null
  /** Typed answers, by name of the fact. An empty one takes back what a token says. */
  facts: Readonly<Record<string, string>>
  /** Null: the usual one. */
  audience: string | null
  /** Claims of a token of the workload. */
  sample: JsonObject | null
  /** The URL that identifies this installation to issuers. */
  ownAudience: string
  /** Whether a trust may let in all tokens of the issuer: not, as the last of the sets of rules, or in any case. */
  admitsAll: 'never' | 'last' | 'only'
}

/** A fact to ask for. */
export type GuideQuestion = {
  fact: string
  title: string
  example: string
  value: string
  /** Why the value cannot be one of this fact; null without one. */
  problem: string | null
  /** Whether the platform has a usual value, which is given. */
  isUsual: boolean
}
