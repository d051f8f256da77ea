import type { Fact, Preset } from './preset'
import { type FactValues, factNamesOf, parse, print } from './template'

/** Facts that differ; null = absent. */
export type FactChanges = Readonly<Record<string, string | null>>

/** The facts of a job: the given ones, then what follows from them, then samples. */
export function jobFacts(preset: Preset, given: FactChanges = {}): FactValues {
  return resolved(preset, (name, fact, factOf) => {
    if (Object.hasOwn(given, name)) return given[name] ?? null
    if (fact.usuallyAbsent) return null
    return fact.from ? followingFrom(fact, factOf) : fact.sample
  })
}

/** The facts of a job after changes: a fact that followed from changed ones follows them still. */
export function changedFacts(preset: Preset, base: FactValues, changes: FactChanges): FactValues {
  const valueIn = (name: string) => (Object.hasOwn(base, name) ? (base[name] ?? null) : null)
  return resolved(preset, (name, fact, factOf) => {
    if (Object.hasOwn(changes, name)) return changes[name] ?? null
    const value = valueIn(name)
    const followed = value !== null && followingFrom(fact, valueIn) === value
    return followed ? followingFrom(fact, factOf) : value
  })
}

/** Adds the facts that can be read back from a fact that follows from them: the branch of `refs/heads/main`. */
export function withSources(preset: Preset, known: FactValues): FactValues {
  const all: Record<string, string> = { ...known }
  for (const [name, fact] of Object.entries(preset.facts)) {
    const value = all[name]
    if (value === undefined) continue
    for (const { template, when } of alternativesOf(fact)) {
      const parts = parse(template, value, preset.facts)
      if (!parts) continue
      for (const [part, text] of Object.entries({ ...impliedBy(when), ...parts })) all[part] ??= text
      break
    }
  }
  return all
}

/** Whether a job meets a condition. */
export const holds = (when: When, facts: FactValues): boolean =>
  Object.entries(when).every(([name, values]) => values.includes(facts[name] ?? ''))

/** The facts that a condition leaves one value. */
export const impliedBy = (when: When): FactValues =>
  Object.fromEntries(
    Object.entries(when).flatMap(([name, [first, ...more]]) =>
      first !== undefined && !more[0] ? [[name, first]] : [],
    ),
  )

/** The value of a fact that follows from others; null where it follows from none that are present. */
export function followingFrom(fact: Fact, factOf: (name: string) => string | null): string | null {
  for (const { template, when } of alternativesOf(fact)) {
    if (!Object.entries(when).every(([name, values]) => values.includes(factOf(name) ?? ''))) continue
    const value = print(template, presentOf(factNamesOf(template).map((name) => [name, factOf(name)])))
    if (value !== null) return value
  }
  return null
}

type When = Readonly<Record<string, readonly string[]>>

const alternativesOf = ({ from }: Fact): readonly { template: string; when: When }[] =>
  typeof from === 'string' ? [{ template: from, when: {} }] : (from ?? [])

/** Values of all facts, each once, with those that it follows from first. Null = absent. */
function resolved(
  preset: Preset,
  decide: (name: string, fact: Fact, factOf: (name: string) => string | null) => string | null,
): FactValues {
  const values: Record<string, string | null> = {}
  const resolve = (name: string, trail: readonly string[]): string | null => {
    const fact = Object.hasOwn(preset.facts, name) ? preset.facts[name] : undefined
    if (!fact || trail.includes(name)) return null
    const known = Object.hasOwn(values, name) ? values[name] : undefined
    if (known !== undefined) return known
    const value = decide(name, fact, (other) => resolve(other, [...trail, name]))
    values[name] = value
    return value
  }
  for (const name of Object.keys(preset.facts)) resolve(name, [])
  return presentOf(Object.entries(values))
}

const presentOf = (values: readonly (readonly [string, string | null])[]): FactValues =>
  Object.fromEntries(values.flatMap(([name, value]) => (value === null ? [] : [[name, value]])))
