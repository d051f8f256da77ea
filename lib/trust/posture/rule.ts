import type { Found, NoData, RuleId, Severity } from './finding'
import type { Reading } from './reading'

/** Parts of a subject that may be absent, with the words that name them. */
export const dataNames = {
  preset: 'a preset of the issuer',
  sample: 'a token of the job it is for',
  seen: 'recorded logins',
  now: 'the time',
  createdAt: 'when the trust was created',
  keysInEffect: 'the keys that its sources gave',
  others: 'the other trusts',
  access: 'whether the identity may write',
  isReplayRefused: 'a setting that refuses a token used twice',
} as const
export type Need = keyof typeof dataNames

type With<Needs extends Need> = Reading & { [Name in Needs]-?: NonNullable<Reading[Name]> }

/** A weakness that a trust can have. Ids are a public contract: they never change meaning. */
export type PostureRule = {
  id: RuleId
  /** The severity of a finding that does not name another. */
  severity: Severity
  title: string
  /** Why it matters, in plain sentences. */
  why: string
  /** What an attacker gains, or an operator loses; the end of "It opens:". */
  opens: string
  /** How to remove it. */
  remedy: string
  /** Where the rule comes from: an incident, a specification, a vendor's documentation. */
  sources: readonly string[]
  /** Without a reason, a trust with this finding cannot be enabled. */
  blocksEnabling: boolean
  needs: readonly Need[]
  /** Pure and bounded, whatever the trust holds. */
  find(reading: Reading): Found[] | NoData
}

type Definition<Needs extends Need> = Omit<PostureRule, 'needs' | 'find' | 'blocksEnabling'> & {
  blocksEnabling?: true
  /** Data without which the rule cannot judge at all. */
  needs: readonly Needs[]
  /** May answer "no data" itself where only some trusts need more. */
  find(reading: With<Needs>): Found[] | NoData
}

/** Makes a rule that answers "no data" where what it needs is absent. */
export function definePostureRule<const Needs extends Need = never>(definition: Definition<Needs>): PostureRule {
  const { needs, find } = definition
  return {
    ...definition,
    blocksEnabling: definition.blocksEnabling ?? false,
    find: (reading) => (has(reading, needs) ? find(reading) : { noData: missing(reading, needs) }),
  }
}

const isThere = (reading: Reading, need: Need) => reading[need] !== undefined && reading[need] !== null

function has<Needs extends Need>(reading: Reading, needs: readonly Needs[]): reading is With<Needs> {
  return needs.every((need) => isThere(reading, need))
}

const missing = (reading: Reading, needs: readonly Need[]) =>
  needs
    .filter((need) => !isThere(reading, need))
    .map((need) => dataNames[need])
    .join(', ')
