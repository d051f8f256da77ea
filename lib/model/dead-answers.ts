import { deadValues, isDead } from '@/lib/trust/analysis/dead'
import { newQuestion } from '@/lib/trust/analysis/question'
import type { ClaimRule } from '@/lib/trust/policy'
import { presets } from '@/lib/trust/presets'
import type { Preset } from '@/lib/trust/presets/preset'
import type { DeadAnswer } from './posture'

export type DeadAnswers = {
  dead: DeadAnswer[]
  /** Addresses of rules that cost too much to look at. */
  unknown: string[]
}

/** Steps for all rules of a trust. */
const stepsMax = 100_000

/** Finds rules, and values of rules, that no token of the issuer matches, as plain data. */
export function deadAnswers(rules: readonly ClaimRule[], preset: Preset | null): DeadAnswers {
  const work = newQuestion(stepsMax)
  const unknown: string[] = []
  const dead = rules.flatMap((rule, at): DeadAnswer[] => {
    if (work.isSpent) {
      unknown.push(rule.path)
      return []
    }
    const whole = isDead(rule, preset, { others: presets, work })
    if (whole === 'unknown') return []
    if (whole.dead) return [toAnswer(['rules', at, ...placeOf(rule)], whole.message, whole.didYouMean)]
    return preset ? deadPart(rule, at, preset, work) : []
  })
  return { dead, unknown }
}

/** Values of a list that accept nothing, while others do. */
function deadPart(rule: ClaimRule, at: number, preset: Preset, work: ReturnType<typeof newQuestion>): DeadAnswer[] {
  const { matcher } = rule
  if (!('values' in matcher)) return []
  return deadValues(rule, preset, work).map((index) => {
    const value = matcher.values[index] ?? ''
    const alone = isDead({ ...rule, matcher: { ...matcher, values: [value] } }, preset, { others: presets, work })
    const path = ['rules', at, 'matcher', 'values', index]
    return alone !== 'unknown' && alone.dead
      ? toAnswer(path, alone.message, alone.didYouMean)
      : toAnswer(path, 'The issuer sends no such value.', undefined)
  })
}

/** Of a rule with one value, that value. */
const placeOf = ({ matcher }: ClaimRule): (string | number)[] =>
  'values' in matcher && matcher.values.length === 1 ? ['matcher', 'values', 0] : []

const toAnswer = (path: DeadAnswer['path'], message: string, suggestion: string | undefined): DeadAnswer => ({
  ...{ path, message },
  ...(suggestion === undefined ? {} : { suggestion }),
})
