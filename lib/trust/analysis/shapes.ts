import type { IssuerVariant, Preset, SubjectFormat } from '../presets/preset'
import { sampleJob } from '../presets/sample-claims'
import { type FactValues, factNamesOf, parse } from '../presets/template'
import type { Entity } from './entities'

/** Tokens of one issuer and one form of subject: which facts they have, and what some of these must be. */
export type Shape = {
  variant: IssuerVariant
  /** Null = tokens without a subject. */
  format: SubjectFormat | null
  /** Facts of a usual token of this shape. Facts that are not there are absent from all, unless they are optional. */
  facts: FactValues
  /** Facts that some tokens of this shape have as well. */
  optional: ReadonlySet<string>
  only: ReadonlyMap<string, readonly string[]>
  never: ReadonlyMap<string, readonly string[]>
}

/**
 * Returns the shapes of an issuer's tokens: each variant with each form of subject, as the samples have it. An issuer that fits no
 * variant of the preset is one of its own.
 */
export function shapesOf(preset: Preset, entities: readonly Entity[], issuer: string | null): Shape[] {
  const variants = variantsFor(preset, issuer)
  const jobs = preset.samples.map(({ id }) => sampleJob(preset, id))
  const formats = jobs.some(({ subject }) => subject === null) ? [...preset.subjects, null] : preset.subjects
  return formats.flatMap((format) => {
    const own = jobs.filter(({ subject }) => (subject?.format.id ?? null) === (format?.id ?? null))
    const bases = own.length > 0 ? own : nearestJob(jobs, format)
    const shapes = variants.flatMap((variant) =>
      bases.map(({ facts }) => shapeOf(preset, entities, variant, format, { sample: facts, isShown: own.length > 0 })),
    )
    return distinct(shapes)
  })
}

/** The job that lacks fewest facts of a format that no sample has. */
function nearestJob<Job extends { facts: FactValues }>(jobs: readonly Job[], format: SubjectFormat | null): Job[] {
  const missing = ({ facts }: Job) =>
    factNamesOf(format?.template ?? '').filter((name) => !Object.hasOwn(facts, name)).length
  return [...jobs].sort((one, other) => missing(one) - missing(other)).slice(0, 1)
}

function variantsFor({ issuers, facts }: Preset, issuer: string | null): IssuerVariant[] {
  const [usual] = issuers
  const fitting = issuers.filter(({ template }) => issuer === null || parse(template, issuer, facts) !== null)
  if (fitting.length > 0 || issuer === null || !usual) return fitting
  return [{ ...usual, id: 'own', template: issuer }]
}

/** The shape of a subject that is composed of parts. */
export function composedShape(preset: Preset, { variant, facts, optional }: Shape, template: string): Shape {
  const [usual] = preset.subjects
  const format = {
    ...usual,
    id: 'composed',
    title: 'Composed by an administrator',
    template,
    when: {},
    form: 'composed',
  }
  const only = new Map(preset.subjects.flatMap((one) => (saysSame(one, template) ? Object.entries(one.when) : [])))
  return {
    ...{ variant, format: { escape: 'none', isLegacy: false, ...format, isCustom: true }, only },
    ...{ facts: withConditions(withSamples(preset, facts, factNamesOf(template)), only), optional, never: new Map() },
  }
}

/** Whether a subject has the fixed part with which a format ends: `pull_request` says the event, wherever it is written. */
function saysSame(format: SubjectFormat, template: string): boolean {
  const part = format.template.slice(format.template.lastIndexOf(':') + 1)
  return factNamesOf(part).length === 0 && template.split(':').includes(part)
}

function withConditions(facts: Record<string, string>, only: Shape['only']): Record<string, string> {
  const changed = [...only].filter(([name, values]) => !values.includes(facts[name] ?? ''))
  return { ...facts, ...Object.fromEntries(changed.map(([name, values]) => [name, values[0] ?? ''])) }
}

function shapeOf(
  preset: Preset,
  entities: readonly Entity[],
  variant: IssuerVariant,
  format: SubjectFormat | null,
  { sample, isShown }: { sample: FactValues; isShown: boolean },
): Shape {
  const needed = [variant, ...(format ? [format] : [])].flatMap(({ template }) => factNamesOf(template))
  const only = new Map(Object.entries(format?.when ?? {}))
  const facts = withConditions(withSamples(preset, sample, needed), only)
  const never = new Map<string, readonly string[]>()
  const dropped = new Set<string>()
  for (const earlier of earlierFormats(preset, format)) {
    const names = factNamesOf(earlier.template)
    if (names.some((name) => !Object.hasOwn(facts, name) && !preset.facts[name]?.usuallyAbsent)) continue
    // The earlier form is taken when its facts are there, so one of them is not, or has another value.
    const spare = names.find((name) => !needed.includes(name))
    const [condition] = Object.entries(earlier.when)
    // A sample that has them all the same has been given the later form by choice.
    if (spare !== undefined && isShown && Object.hasOwn(sample, spare)) continue
    if (spare !== undefined) for (const name of entityWith(entities, spare)) dropped.add(name)
    else if (condition) never.set(condition[0], [...(never.get(condition[0]) ?? []), ...condition[1]])
  }
  for (const name of dropped) if (!needed.includes(name)) delete facts[name]
  const optional = Object.entries(preset.facts).flatMap(([name, fact]) =>
    fact.usuallyAbsent && !Object.hasOwn(facts, name) && !dropped.has(name) ? [name] : [],
  )
  return { variant, format, facts, optional: new Set(optional), only, never }
}

function earlierFormats({ subjects }: Preset, format: SubjectFormat | null): SubjectFormat[] {
  const at = format ? subjects.indexOf(format) : -1
  return at < 0 ? [] : subjects.slice(0, at).filter(({ form }) => form === format?.form)
}

const entityWith = (entities: readonly Entity[], name: string) =>
  entities.find(({ facts }) => facts.includes(name))?.facts ?? [name]

function withSamples({ facts }: Preset, known: FactValues, names: readonly string[]): Record<string, string> {
  const missing = names.filter((name) => !Object.hasOwn(known, name))
  return { ...known, ...Object.fromEntries(missing.map((name) => [name, facts[name]?.sample ?? ''])) }
}

/** Of shapes that have the same facts, the first. */
function distinct(shapes: readonly Shape[]): Shape[] {
  const keyOf = ({ variant, facts }: Shape) => `${variant.id} ${Object.keys(facts).sort().join()}`
  return shapes.filter((shape, at) => shapes.findIndex((other) => keyOf(other) === keyOf(shape)) === at)
}
