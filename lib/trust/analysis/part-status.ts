import type { Work } from '../matchers/glob'
import { changedFacts } from '../presets/job-facts'
import type { Preset } from '../presets/preset'
import { type FactValues, factNamesOf, fitsFact } from '../presets/template'
import { type Entity, identifyingFacts } from './entities'
import { type AcceptedJob, findJob, type JobQuestion, type Model, toAccepted } from './job-search'
import { newQuestion } from './question'
import type { Shape } from './shapes'
import { templatesOf } from './trust-constraints'

export type Status = { status: 'open'; job: AcceptedJob } | { status: 'pinned' } | { status: 'unknown' }

/** A trust, and the token that others are compared with. */
export type Search = { model: Model; base: AcceptedJob }

/** Work of one question about a trust. */
export const questionSteps = 80_000

/** Facts that must be free as well, and facts of which another value must be one outside of the same group. */
type Further = { inside: readonly string[]; outside?: ReadonlySet<string> }

/**
 * Tells whether the trust accepts a token with something else in the place of all given entities at once. `inside` are the IDs of
 * what the entities contain, which belong to no other.
 */
export function statusOf(
  search: Search,
  entities: readonly Entity[],
  { inside, outside }: Further,
  work: Work,
): Status {
  const simple = withUnruled(search, entities, inside)
  if (simple) return { status: 'open', job: simple }
  const { model, base } = search
  const facts = entities.flatMap((entity) => entity.facts)
  const question: JobQuestion = {
    freeIn: (shape) => {
      const own = factsIn(model, shape, entities)
      return own.length > 0 ? [...own, ...inside.filter((name) => Object.hasOwn(shape.facts, name))] : null
    },
    not: Object.fromEntries(Object.entries(base.facts).filter(([name]) => facts.includes(name))),
    ...(outside ? { notBelow: outside } : {}),
    prefer: (name, shape) => {
      const { sample = '', other = '' } = model.preset.facts[name] ?? {}
      const known = base.facts[name] ?? shape.facts[name] ?? sample
      if (inside.includes(name)) return [other, known]
      return facts.includes(name) ? [other, `${known}-x`, `${known}2`, `x-${known}`, sample] : [known, sample, other]
    },
  }
  const own = newQuestion(Math.min(questionSteps, work.stepsMax - work.steps))
  const job = findJob(model, question, own)
  work.steps += own.steps
  if (job) return { status: 'open', job }
  return own.isSpent ? { status: 'unknown' } : withEveryValue(search, facts, work)
}

/** Whether tokens of any shape name one of the entities. */
export const isNamed = (model: Model, entities: readonly Entity[]): boolean =>
  model.shapes.some((shape) => factsIn(model, shape, entities).length > 0)

/** The base with other values of facts that no rule is about, if it has them. */
function withUnruled(
  { model, base }: Search,
  entities: readonly Entity[],
  inside: readonly string[],
): AcceptedJob | null {
  const { preset, demands, issuer } = model
  const own = factsIn(model, base.shape, entities)
  const changed = [...own, ...inside.filter((name) => Object.hasOwn(base.facts, name))]
  const ruled = new Set(templatesOf(demands, issuer, base.shape, preset).flatMap(factNamesOf))
  const { only, never } = base.shape
  const isBound = (name: string) => ruled.has(name) || only.has(name) || never.has(name)
  if (own.length === 0 || changed.some(isBound)) return null
  const changes = changed.map((name) => {
    const { sample = null, other = null } = preset.facts[name] ?? {}
    return [name, other === base.facts[name] ? sample : other]
  })
  return toAccepted(model, base.shape, changedFacts(preset, base.facts, Object.fromEntries(changes)))
}

/** The facts of entities that tokens of a shape say. Of callers only those that identify one in such tokens. */
function factsIn(model: Model, shape: Shape, entities: readonly Entity[]): string[] {
  const { preset, demands, issuer } = model
  const { variant, format } = shape
  const written = format ? [variant, format] : [variant]
  const identifying = identifyingFacts(preset, written)
  const said = new Set(
    [...written.map(({ template }) => template), ...preset.claims.flatMap(({ from }) => from ?? [])].flatMap(
      factNamesOf,
    ),
  )
  const ruled = new Set(templatesOf(demands, issuer, shape, preset).flatMap(factNamesOf))
  const isThere = (name: string) => Object.hasOwn(shape.facts, name) || (shape.optional.has(name) && ruled.has(name))
  return entities
    .filter(({ role, facts }) => role === 'context' || facts.some((name) => identifying.has(name)))
    .flatMap(({ facts }) => facts.filter((name) => said.has(name) && isThere(name)))
}

/** Open as well is a fact with few values of which every one is accepted: then no rule tells them apart, spelt out or not. */
function withEveryValue({ model, base }: Search, [name, ...more]: readonly string[], work: Work): Status {
  if (name === undefined || more.length > 0) return { status: 'pinned' }
  const values = fewValuesOf(model.preset, name).filter((value) => value !== base.facts[name])
  const freeIn = (shape: Shape) => (Object.hasOwn(shape.facts, name) ? [] : null)
  const jobs: AcceptedJob[] = []
  for (const value of values) {
    const own = newQuestion(Math.min(questionSteps, work.stepsMax - work.steps))
    const job = findJob(model, { freeIn, not: {}, exactly: { [name]: value }, prefer: preferring(base.facts) }, own)
    work.steps += own.steps
    if (!job) return { status: own.isSpent ? 'unknown' : 'pinned' }
    jobs.push(job)
  }
  return jobs[0] ? { status: 'open', job: jobs[0] } : { status: 'pinned' }
}

/** Facts of entities whose values are paths, so that `acme/web` belongs to `acme`. */
export function pathsAmong({ model, base }: Search, entities: readonly Entity[]): ReadonlySet<string> {
  const isPath = (name: string) => {
    const fact = model.preset.facts[name]
    return fact !== undefined && fitsFact(fact, `${base.facts[name] ?? fact.sample}/x`)
  }
  return new Set(entities.flatMap(({ facts }) => facts.filter(isPath)))
}

/** All values of a fact, as its claim lists them, if they are few. */
function fewValuesOf(preset: Preset, name: string): readonly string[] {
  const values = preset.claims.find(({ from, values: listed }) => from === `{${name}}` && listed)?.values ?? []
  return values.length <= fewValues ? values : []
}

const fewValues = 20

/** Prefers known facts, then those of the shape. */
export const preferring =
  (known: FactValues): JobQuestion['prefer'] =>
  (name, shape) =>
    [known[name], shape.facts[name]].flatMap((text) => text ?? [])
