import { findContradiction } from '../analysis/contradiction'
import { deadValues, isDead } from '../analysis/dead'
import type { Dead, Deadness } from '../analysis/deadness'
import { newWork, type Work } from '../matchers/glob'
import type { ClaimRule } from '../policy'
import { presets } from '../presets'
import type { Preset } from '../presets/preset'
import { bounded } from './bounded'
import type { Reading } from './reading'

/** Work for all rules of a trust: some tens of milliseconds. */
const stepsMax = 200_000

/** Rules that no token of the issuer satisfies, by their place, with the cause. Reads each trust once. */
export function deadRules(reading: Reading): ReadonlyMap<number, Dead> {
  const known = made.get(reading) ?? readDeadRules(reading)
  made.set(reading, known)
  return known
}

const made = new WeakMap<Reading, ReadonlyMap<number, Dead>>()

function readDeadRules({ bound, preset }: Reading): ReadonlyMap<number, Dead> {
  const whole = newWork(stepsMax)
  return new Map(
    bound.flatMap(({ rule, at }) => {
      const answer = deadnessOf(rule, preset, whole)
      return answer !== 'unknown' && answer.dead ? [[at, answer]] : []
    }),
  )
}

const deadness = bounded<Deadness>()

/** Whether no token of the issuer satisfies a rule, within the work that is left. */
function deadnessOf(rule: ClaimRule, preset: Preset | null, whole: Work): Deadness {
  const key = JSON.stringify([preset?.id, rule])
  return deadness(key, whole, (work) => isDead(rule, preset, { others: presets, work })) ?? 'unknown'
}

const places = bounded<{ at: number; dead: Dead }[]>()

/** Values of a rule that accept nothing, where others accept something, by their place among the values. */
export function deadAmong(rule: ClaimRule, preset: Preset, whole: Work): { at: number; dead: Dead }[] {
  const key = JSON.stringify([preset.id, rule])
  const found = places(key, whole, (work) =>
    deadValues(rule, preset, work).flatMap((at) => {
      const { matcher } = rule
      const text = 'values' in matcher ? matcher.values[at] : undefined
      if (text === undefined || !('values' in matcher)) return []
      const dead = deadnessOf({ ...rule, matcher: { ...matcher, values: [text] } }, preset, whole)
      return dead !== 'unknown' && dead.dead ? [{ at, dead }] : []
    }),
  )
  return found ?? []
}

const contradictions = bounded<string | null>()

/** An address whose rules no claim satisfies together; null = none is known. */
export function contradictedAddress(rules: readonly ClaimRule[], whole: Work): string | null {
  const shared = rules.filter(({ path }, at) => rules.some((other, index) => index !== at && other.path === path))
  if (shared.length === 0) return null
  return contradictions(JSON.stringify(shared), whole, (work) => findContradiction(shared, work)) ?? null
}
