import type { Acceptance, SubjectForm } from './accepted-forms'

/** Tokens of one form of the subject that were presented to a trust. Epoch seconds; null = none. */
export type FormUse = { accepted: number; refused: number; lastAt: number | null }

/**
 * Where a trust is on the way from the classic to the immutable subject:
 * - `broken` jobs come with the immutable form and are refused · `breaks` they will, after a rename or transfer
 * - `ready` both forms are accepted · `retire` both are, and the classic one has not come for 30 days
 * - `done` the immutable form alone is accepted · `unbound` the subject is not limited, so that its form does not matter
 * - `dead` neither is accepted · `unknown` it costs too much to say
 */
export const migrationStates = ['broken', 'breaks', 'retire', 'ready', 'unbound', 'done', 'dead', 'unknown'] as const
export type MigrationState = (typeof migrationStates)[number]

/** Days without a classic subject after which its values can go. */
const retireAfterDays = 30

export type Migrating = {
  accepts: Readonly<Record<SubjectForm, Acceptance>>
  /** Whether a rule limits the subject. */
  isBound: boolean
  uses: Readonly<Record<SubjectForm, FormUse>>
  /** Since when the trust accepts what it accepts, epoch seconds. */
  changedAt: number
  now: number
}

export function migrationState({ accepts, isBound, uses, changedAt, now }: Migrating): MigrationState {
  const { classic, immutable } = accepts
  if (classic === 'unknown' || immutable === 'unknown') return 'unknown'
  if (!classic && !immutable) return 'dead'
  if (!isBound) return 'unbound'
  if (!immutable) return uses.immutable.refused > 0 ? 'broken' : 'breaks'
  if (!classic) return 'done'
  const quietSince = now - retireAfterDays * 86_400
  const isQuiet = (uses.classic.lastAt ?? 0) < quietSince && changedAt < quietSince
  return isQuiet && uses.immutable.accepted > 0 ? 'retire' : 'ready'
}
