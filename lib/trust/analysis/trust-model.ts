import { isPattern, type Work } from '../matchers/glob'
import type { ClaimRule } from '../policy'
import type { Preset } from '../presets/preset'
import type { FactValues } from '../presets/template'
import { findContradiction } from './contradiction'
import { isDead } from './dead'
import type { DeadTrust } from './deadness'
import { type Entity, entitiesOf } from './entities'
import { type AcceptedJob, findJob, type Model } from './job-search'
import type { ClaimPolicy } from './judge-claims'
import { preferring, questionSteps } from './part-status'
import { newQuestion } from './question'
import { shapesOf } from './shapes'
import { demandsOf } from './trust-constraints'

/** A trust with what its issuer sends, and a token that it accepts. */
export type ModelWithBase = { model: Model; entities: Entity[]; base: AcceptedJob }

/**
 * Tells whether a trust can never accept a token: one of its rules is dead, or no token satisfies all of them. Without a preset only
 * rules on one address are held against each other.
 */
export function isTrustDead(policy: ClaimPolicy, preset: Preset | null): DeadTrust | { dead: false } | 'unknown' {
  const work = newQuestion()
  if (!preset) {
    const path = findContradiction(policy.rules, work)
    return path === null ? (work.isSpent ? 'unknown' : { dead: false }) : contradiction(path)
  }
  const judged = modelWithBase(policy, preset, {}, work)
  return judged === 'unknown' || 'dead' in judged ? judged : { dead: false }
}

/** Finds a token that a trust accepts; if facts are given, of a job that has them as far as the rules allow. */
export function modelWithBase(
  policy: ClaimPolicy,
  preset: Preset,
  base: FactValues,
  work: Work,
): ModelWithBase | DeadTrust | 'unknown' {
  for (const rule of policy.rules) {
    const found = isDead(rule, preset)
    if (found !== 'unknown' && found.dead) return { ...found, path: rule.path }
  }
  const entities = entitiesOf(preset)
  const model = modelOf(policy, preset, entities, work)
  if (!model) return 'unknown'
  if ('dead' in model) return contradiction(model.dead)
  const found = findBase(model, entities, base, work)
  if (found) return { model, entities, base: found }
  return work.isSpent ? 'unknown' : contradiction(policy.rules[0]?.path ?? 'iss')
}

const contradiction = (path: string): DeadTrust => ({
  ...{ dead: true, why: 'contradiction', path },
  message: 'No token of the issuer satisfies all rules at once.',
})

function modelOf(
  { issuer, rules }: ClaimPolicy,
  preset: Preset,
  entities: readonly Entity[],
  work: Work,
): Model | { dead: string } | null {
  const demands = demandsOf(rules, preset, work)
  return !demands || 'dead' in demands
    ? demands
    : { issuer, rules, preset, demands, shapes: shapesOf(preset, entities, issuer) }
}

/** A token of the given facts, as far as the rules accept them; if none are given, one that values without wildcards accept. */
function findBase(model: Model, entities: readonly Entity[], base: FactValues, work: Work): AcceptedJob | null {
  const question = { freeIn: () => [], not: {}, prefer: preferring(base) }
  const spelled = Object.keys(base).length > 0 ? model.rules : model.rules.map(withoutWildcards)
  if (spelled.some((rule, at) => rule !== model.rules[at])) {
    const own = newQuestion(questionSteps)
    const narrow = modelOf({ ...model, rules: spelled }, model.preset, entities, own)
    const job = narrow && !('dead' in narrow) ? findJob(narrow, question, own) : null
    if (job) return job
  }
  return findJob(model, question, work)
}

function withoutWildcards(rule: ClaimRule): ClaimRule {
  if (rule.matcher.kind !== 'glob-any') return rule
  const values = rule.matcher.values.filter((value) => !isPattern(value))
  const isSome = values.length > 0 && values.length < rule.matcher.values.length
  return isSome ? { ...rule, matcher: { ...rule.matcher, values } } : rule
}
