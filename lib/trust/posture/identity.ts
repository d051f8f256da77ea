import type { Preset } from '../presets/preset'
import { factNamesOf } from '../presets/template'

/** Names of the facts by which a preset tells one caller from another. */
export type IdentityFacts = {
  /** Names and ids of the customer of the platform. */
  tenant: ReadonlySet<string>
  /** Of those and of workloads, the ones that are never given to another. */
  ids: ReadonlySet<string>
  /** Ids of customers, and of workloads, which no two customers share. */
  tenantOrId: ReadonlySet<string>
  /** Whether every token names its customer. If not, names of workloads are unique across the platform. */
  hasTenant: boolean
  /**
   * What a trust must bind so that one workload is left, not all of a customer: of one of these lists, a fact of each set. A set
   * has the id and the name of one thing.
   */
  leaf: readonly (readonly ReadonlySet<string>[])[]
  /** All of role tenant or workload, but for those that a job chooses freely or that differ in each run. */
  naming: ReadonlySet<string>
  /** Circumstances of a run that the recommended rule sets bind, or that a subject names. */
  context: ReadonlySet<string>
}

export function identityFactsOf(preset: Preset): IdentityFacts {
  const known = made.get(preset) ?? makeIdentityFacts(preset)
  made.set(preset, known)
  return known
}

const made = new WeakMap<Preset, IdentityFacts>()

function makeIdentityFacts(preset: Preset): IdentityFacts {
  const facts = Object.entries(preset.facts)
  const namesOf = (isMeant: (fact: (typeof facts)[number][1]) => boolean) =>
    facts.filter(([name, fact]) => isMeant(fact) && !isHost(preset, name)).map(([name]) => name)
  const isNaming = (fact: (typeof facts)[number][1]) => fact.class === 'id' || fact.class === 'name'
  const tenant = namesOf((fact) => fact.role === 'tenant' && isNaming(fact))
  const ids = namesOf((fact) => fact.role !== 'context' && fact.class === 'id')
  const hasTenant = tenant.some((name) => !preset.facts[name]?.usuallyAbsent)
  const naming = namesOf((fact) => fact.role !== 'context' && isNaming(fact))
  return {
    tenant: new Set(tenant),
    ids: new Set(ids),
    tenantOrId: new Set([...tenant, ...ids, ...(hasTenant ? [] : naming)]),
    hasTenant,
    leaf: leafOf(preset),
    naming: new Set(naming),
    context: contextOf(preset),
  }
}

/** The host of an installation distinguishes issuers, not the callers of one issuer. */
const isHost = (preset: Preset, name: string) =>
  preset.issuers.some(({ template }) => template.includes(`://{${name}}`))

function leafOf(preset: Preset): Set<string>[][] {
  const ofWorkload = (names: readonly string[]) => names.filter((name) => preset.facts[name]?.role === 'workload')
  const inSubjects = preset.subjects.map(({ template }) => ofWorkload(factNamesOf(template)))
  const lists = preset.pins.map((set) =>
    set.flatMap((path) => {
      const claim = preset.claims.find((one) => one.path === path && one.role === 'workload')
      if (!claim) return []
      const own = ofWorkload(factNamesOf(claim.from ?? ''))
      const twins = preset.claims.filter(({ id }) => id === path).map(({ from }) => ofWorkload(factNamesOf(from ?? '')))
      const common = (twins[0] ?? []).filter((name) => twins.every((names) => names.includes(name)))
      return [new Set([...own, ...common])]
    }),
  )
  const named = lists.filter((list) => list.length > 0 && list.every((names) => names.size > 0))
  if (named.length > 0) return named
  // The subject is the id; a claim may have the name that belongs to it.
  const names = preset.claims
    .filter(({ id }) => id === 'sub')
    .flatMap(({ from }) => ofWorkload(factNamesOf(from ?? '')))
  return inSubjects
    .filter((list) => list.length > 0)
    .map((list) => list.map((name) => new Set([name, ...(list.length === 1 ? names : [])])))
}

/** Empty where the first recommended rule set binds no circumstance: then none tells one run from another. */
function contextOf(preset: Preset): Set<string> {
  const isContext = (name: string) => {
    const fact = preset.facts[name]
    return fact?.role === 'context' && fact.class !== 'ephemeral' && !/runner/i.test(name)
  }
  const inSubjects = preset.subjects.flatMap(({ template }) => factNamesOf(template)).filter(isContext)
  const boundBy = ({ rules }: Preset['ruleSets'][number]) =>
    rules.flatMap(({ path }) => {
      if (path === 'sub') return inSubjects
      return factNamesOf(preset.claims.find((claim) => claim.path === path)?.from ?? '').filter(isContext)
    })
  const [first] = preset.ruleSets
  if (!first || boundBy(first).length === 0) return new Set()
  return new Set([...inSubjects, ...preset.ruleSets.flatMap(boundBy)])
}
