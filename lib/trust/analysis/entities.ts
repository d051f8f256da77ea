import { claimOf } from '../presets/claim-of'
import type { ClaimRole, Preset } from '../presets/preset'
import { factNamesOf } from '../presets/template'

/** What facts name together: a repository by its name and its ID. */
export type Entity = {
  facts: string[]
  /** Its stable IDs among them, never given to another. */
  ids: string[]
  title: string
  /** `tenant` and `workload` identify the caller; everything else is the context of its run. */
  role: ClaimRole
}

/**
 * Returns what the facts of a preset name, from the general to the particular. A tenant or workload is one that subjects, issuers or
 * required claims name; a fact that is different in each run names nothing.
 */
export function entitiesOf(preset: Preset): Entity[] {
  const subjects = preset.subjects.filter(({ isCustom }) => !isCustom)
  const identifying = identifyingFacts(preset, [...preset.issuers, ...subjects])
  const groups: string[][] = []
  for (const [name, fact] of orderedFacts(preset)) {
    if (fact.class === 'ephemeral' || !isSaid(preset, name) || groups.some((group) => group.includes(name))) continue
    groups.push([name, ...idsOf(preset, name), ...longFormsOf(preset, name)])
  }
  return merged(groups).map((facts) => {
    const known = facts.flatMap((name) => preset.facts[name] ?? [])
    const isIdentity = facts.some((name) => identifying.has(name))
    return {
      facts,
      ids: facts.filter((name) => preset.facts[name]?.class === 'id'),
      title: known[0]?.title ?? '',
      role: isIdentity ? (known[0]?.role ?? 'context') : 'context',
    }
  })
}

/** Facts of tenants and workloads in issuers, in subjects and in the claims to be pinned. */
export function identifyingFacts(
  { pins, claims, facts }: Preset,
  identifying: readonly { template: string }[],
): Set<string> {
  const pinned = new Set(pins.flat())
  const templates = [
    ...identifying.map(({ template }) => template),
    ...claims.flatMap(({ path, from }) => (from !== undefined && pinned.has(path) ? [from] : [])),
  ]
  const names = templates.flatMap(factNamesOf)
  return new Set(names.filter((name) => facts[name] && facts[name].role !== 'context'))
}

/** Facts in the order of issuer, subjects and claims, which go from the general to the particular. */
function orderedFacts(preset: Preset): [string, Preset['facts'][string]][] {
  const templates = [...preset.issuers, ...preset.subjects].map(({ template }) => template)
  const names = new Set([...templates.flatMap(factNamesOf), ...Object.keys(preset.facts)])
  return [...names].flatMap((name) => (preset.facts[name] ? [[name, preset.facts[name]]] : []))
}

/** Whether a token says a fact itself, not only another that follows from it. */
function isSaid({ issuers, subjects, subjectParts, claims }: Preset, name: string): boolean {
  const templates = [...issuers, ...subjects].map(({ template }) => template)
  const all = [...templates, ...subjectParts, ...claims.flatMap(({ from }) => from ?? [])]
  return all.some((template) => factNamesOf(template).includes(name))
}

/** Facts of the claims that give the stable ID of what a fact names. */
function idsOf(preset: Preset, name: string): string[] {
  return preset.claims.flatMap(({ from, id, role }) => {
    if (from === undefined || id === undefined || namedBy(preset, from, role) !== name) return []
    return factNamesOf(claimOf(preset, id)?.from ?? '')
  })
}

/** Facts that say the same in a longer form: the full reference `refs/heads/main` of the branch, a repository with its owner. */
function longFormsOf({ facts }: Preset, name: string): string[] {
  return Object.entries(facts).flatMap(([long, { from = [], class: own, role }]) => {
    const templates = typeof from === 'string' ? [from] : from.map(({ template }) => template)
    const isLonger = templates.some((template) => template !== `{${name}}` && factNamesOf(template).at(-1) === name)
    return isLonger && role === facts[name]?.role && own === facts[name]?.class ? [long] : []
  })
}

/** The fact that a claim is about: `acme/payments` is about the repository. */
function namedBy({ facts }: Preset, template: string, role: ClaimRole): string | undefined {
  const names = factNamesOf(template)
  return names.findLast((name) => facts[name]?.role === role) ?? names.at(-1)
}

/** Groups that share a fact become one. */
function merged(groups: readonly string[][]): string[][] {
  const all: string[][] = []
  for (const group of groups) {
    const known = all.find((one) => one.some((name) => group.includes(name)))
    if (known) known.push(...group.filter((name) => !known.includes(name)))
    else all.push([...new Set(group)])
  }
  return all
}
