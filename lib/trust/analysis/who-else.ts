import type { JsonObject } from '../json/json'
import type { Work } from '../matchers/glob'
import type { ClaimRole, Preset } from '../presets/preset'
import type { FactValues } from '../presets/template'
import type { DeadTrust } from './deadness'
import type { Entity } from './entities'
import { withIssuerOfRules } from './issuer-of-rules'
import type { AcceptedJob, Model } from './job-search'
import type { ClaimPolicy } from './judge-claims'
import { isNamed, pathsAmong, type Search, type Status, statusOf } from './part-status'
import { newQuestion } from './question'
import { modelWithBase } from './trust-model'

/** A token that the issuer may send and the trust accepts. */
export type Witness = {
  claims: JsonObject
  subject: string | null
  facts: FactValues
  /** Addresses of claims that the preset does not know: the token is assumed to have what the rules ask for. */
  assumed: string[]
}

/** Something that tokens name, and whether the trust accepts more of it than its rules spell out. */
export type Part = {
  role: ClaimRole
  title: string
  /** Facts of the preset that name it; its stable IDs are among them. */
  facts: string[]
  status: 'open' | 'pinned' | 'unknown'
  /** Of an open part: a token that differs in it from the base. */
  witness?: Witness
}

export type WhoElse =
  | {
      dead: false
      /** The token that the others are compared with. */
      base: Witness
      /** Another customer: all that names customers, at once. Null where tokens name none. */
      tenant: Part | null
      /** Customers and workloads, from the general to the particular: each on its own. */
      callers: Part[]
      /** Branch, environment, event and the like. */
      contexts: Part[]
    }
  | DeadTrust
  | 'unknown'

/** Work of all questions about one trust together. */
const stepsMax = 400_000

/**
 * Tells who else gets in: for each part of a token, whether the issuer can send one with another value there that the rules accept
 * although they do not spell it out. All rules count together. `base` are facts of the job that the trust is for; without it, one is
 * made that the rules accept. A part is `pinned` only when no such token exists.
 */
export function whoElse(policy: ClaimPolicy, preset: Preset, base: FactValues = {}): WhoElse {
  const work = newQuestion(stepsMax)
  const judged = modelWithBase(withIssuerOfRules(policy), preset, base, work)
  if (judged === 'unknown' || 'dead' in judged) return judged
  const { model, entities, base: found } = judged
  // Tokens of the same shape are the plainest examples.
  const shapes = [found.shape, ...model.shapes.filter((shape) => shape !== found.shape)]
  const search = { model: { ...model, shapes }, base: found }
  const named = entities.filter((entity) => isNamed(model, [entity]))
  return {
    ...{ dead: false, base: toWitness(model, found) },
    tenant: tenantPart(search, named, work),
    callers: named.filter(({ role }) => role !== 'context').map((entity) => partOf(search, named, entity, work)),
    contexts: named.filter(({ role }) => role === 'context').map((entity) => partOf(search, named, entity, work)),
  }
}

/** Another customer is one outside of the same group: `acme/web` is no other than `acme/api`. */
function tenantPart(search: Search, named: readonly Entity[], work: Work): Part | null {
  const tenants = named.filter(({ role }) => role === 'tenant')
  if (tenants.length === 0) return null
  const inside = named.filter(({ role }) => role === 'workload').flatMap(({ ids }) => ids)
  const part = { role: 'tenant' as const, title: 'Another customer', facts: tenants.flatMap(({ facts }) => facts) }
  return withStatus(search, part, statusOf(search, tenants, { inside, outside: pathsAmong(search, tenants) }, work))
}

/**
 * A part is open when something else can be in its place, together with the IDs of everything that it contains. What is open of a
 * customer only inside the same group is a workload.
 */
function partOf(search: Search, named: readonly Entity[], entity: Entity, work: Work): Part {
  const { role, title, facts } = entity
  const after = role === 'context' ? [] : named.slice(named.indexOf(entity) + 1)
  const inside = after.filter((other) => other.role === 'workload').flatMap(({ ids }) => ids)
  const outside = role === 'tenant' ? pathsAmong(search, [entity]) : new Set<string>()
  const found = statusOf(search, [entity], { inside, outside }, work)
  if (found.status !== 'pinned' || outside.size === 0) return withStatus(search, { role, title, facts }, found)
  const within = statusOf(search, [entity], { inside }, work)
  return withStatus(search, { role: within.status === 'open' ? 'workload' : role, title, facts }, within)
}

const withStatus = ({ model }: Search, part: Pick<Part, 'role' | 'title' | 'facts'>, found: Status): Part =>
  found.status === 'open'
    ? { ...part, status: 'open', witness: toWitness(model, found.job) }
    : { ...part, status: found.status }

const toWitness = ({ demands }: Model, { facts, claims }: AcceptedJob): Witness => ({
  ...{ claims, facts },
  subject: typeof claims.sub === 'string' ? claims.sub : null,
  assumed: demands.filter(({ isKnown, value }) => !isKnown && value !== null).map(({ path }) => path),
})
