import { type Grant, grantedSeconds, grantedSecondsMax } from '../grant'
import type { KindPart } from '../kinds'
import type { KeyUse, Lifetime, TrustPolicy } from '../policy'
import type { Example } from './accepts'
import { compareOptions } from './compare-options'
import { findContradiction } from './contradiction'
import {
  compareFlag,
  compareSets,
  compareTexts,
  compareUpTo,
  type Dimension,
  type Relation,
  toDimension,
} from './dimension'
import { findExcess } from './excess'
import { findAddressBeyond } from './ip-excess'
import { newQuestion } from './question'

export type { Dimension, Relation } from './dimension'

export type Comparison = { relation: Relation; dimensions: Dimension[] }

/** Without a kind, its options are not compared. */
export type Compared = TrustPolicy & Partial<KindPart> & { enabled?: boolean }

/**
 * Compares what two policies accept and grant: what becomes of `before` when `after` takes its place. A policy without an issuer
 * accepts any; an address without a rule accepts every value and none.
 */
export function compare(before: Compared, after: Compared): Comparison {
  const dimensions = [
    compareFlag('enabled', before.enabled !== false, after.enabled !== false, { value: true }),
    ...Object.values(parts).flatMap((compareOf) => compareOf(before, after)),
    ...compareOptions(before, after),
  ]
  return { relation: overall(before, after, dimensions), dimensions }
}

type CompareField = (id: string, before: Compared, after: Compared) => Dimension

/** A greatest value: more is wider. Null in a policy, or 0 where it means so, is no limit. */
const upTo =
  (limitOf: (policy: Compared) => number): CompareField =>
  (id, before, after) =>
    compareUpTo(id, limitOf(before), limitOf(after))

/** A switch that keeps tokens out which lack something. */
const unless =
  (isRequired: (policy: Compared) => boolean): CompareField =>
  (id, before, after) =>
    compareFlag(id, !isRequired(before), !isRequired(after), { absent: true })

const lifetimeFields: Record<keyof Lifetime, CompareField> = {
  clockSkewSeconds: upTo(({ lifetime }) => lifetime.clockSkewSeconds),
  expirySkewSeconds: upTo(({ lifetime }) => lifetime.expirySkewSeconds),
  requireExpiry: unless(({ lifetime }) => lifetime.requireExpiry),
  tokenAgeSecondsMax: upTo(({ lifetime }) => lifetime.tokenAgeSecondsMax ?? Number.POSITIVE_INFINITY),
}

const keyUseFields: Record<keyof KeyUse, CompareField> = {
  unnamed: unless(({ keyUse }) => keyUse?.unnamed === 'only'),
  staleSecondsMax: upTo(({ keyUse }) => keyUse?.staleSecondsMax ?? Number.POSITIVE_INFINITY),
}

const grantFields: Record<Exclude<keyof Grant, 'carry'>, CompareField> = {
  ttlSeconds: upTo(({ grant }) => grantedSeconds(grant)),
  ttlSecondsMax: upTo(({ grant }) => grantedSecondsMax(grant)),
  usesMax: upTo(({ grant }) => grant.usesMax || Number.POSITIVE_INFINITY),
  trustedIps: (id, before, after) => compareAddresses(id, before.grant, after.grant),
  // With `carry`, which says what is repeated under its own name.
  metadata: (id, before, after) => compareMetadata(id, before.grant, after.grant),
}

const fieldsOf = (name: string, fields: Record<string, CompareField>) => (before: Compared, after: Compared) =>
  Object.entries(fields).map(([field, compareIt]) => compareIt(`${name}.${field}`, before, after))

/** Every part of a policy, and every field of a part: one that is not compared here does not compile. */
const parts: Record<keyof TrustPolicy, (before: Compared, after: Compared) => Dimension[]> = {
  issuer: (before, after) => [compareIssuer(before.issuer, after.issuer)],
  rules(before, after) {
    const paths = new Set([...before.rules, ...after.rules].map(({ path }) => path))
    return [...paths].map((path) => compareRules(before, after, path))
  },
  algorithms: (before, after) => [compareSets('algorithms', before.algorithms, after.algorithms)],
  keys: (before, after) => [compareKeys(before, after)],
  lifetime: fieldsOf('lifetime', lifetimeFields),
  keyUse: fieldsOf('keyUse', keyUseFields),
  grant: fieldsOf('grant', grantFields),
}

/** A policy that accepts nothing is narrower than any other, whatever its fields say. */
function overall(before: Compared, after: Compared, dimensions: readonly Dimension[]): Relation {
  const relations = new Set(dimensions.map(({ relation }) => relation))
  if (relations.size === 1 && relations.has('equal')) return 'equal'
  const [isNothing, becomesNothing] = [acceptsNothing(before), acceptsNothing(after)]
  if (isNothing || becomesNothing) return isNothing && becomesNothing ? 'equal' : isNothing ? 'wider' : 'narrower'
  if (relations.has('different') || (relations.has('narrower') && relations.has('wider'))) return 'different'
  if (relations.has('unknown')) return 'unknown'
  return relations.has('narrower') ? 'narrower' : 'wider'
}

const acceptsNothing = ({ enabled, rules }: Compared) => enabled === false || findContradiction(rules) !== null

function compareRules(before: Compared, after: Compared, path: string): Dimension {
  const [old, now] = [before, after].map(({ rules }) => rules.filter((rule) => rule.path === path))
  const id = `rules.${path}`
  if (!old || !now || JSON.stringify(old) === JSON.stringify(now)) return toDimension(id, null, null)
  const [accepting, refusing] = [newQuestion(), newQuestion()]
  const dimension = toDimension(id, findExcess(now, old, accepting), findExcess(old, now, refusing))
  const isKnown =
    dimension.relation === 'different' ||
    (!isOpen(dimension.accepted, accepting) && !isOpen(dimension.refused, refusing))
  return isKnown ? dimension : { ...dimension, relation: 'unknown' }
}

const isOpen = (found: Example | undefined, { isSpent }: { isSpent: boolean }) => found === undefined && isSpent

function compareIssuer(before: string | null, after: string | null): Dimension {
  if (before === after) return toDimension('issuer', null, null)
  const another = { value: `${before ?? after}/another` }
  if (before === null) return toDimension('issuer', null, another)
  return after === null ? toDimension('issuer', another, null) : compareTexts('issuer', before, after)
}

/** Of sources that have a key of the same name the first counts, so the effect of another order is not known. */
function compareKeys(before: Compared, after: Compared): Dimension {
  const [old, now] = [before, after].map(({ keys }) => keys.map((source) => JSON.stringify(source)))
  const dimension = compareSets('keys', old ?? [], now ?? [])
  const isReordered = dimension.relation === 'equal' && old?.join() !== now?.join()
  return isReordered ? { ...dimension, relation: 'unknown' } : dimension
}

function compareAddresses(id: string, before: Grant, after: Grant): Dimension {
  const beyond = (one: Grant, other: Grant) => findAddressBeyond(one.trustedIps, other.trustedIps)
  const [added, removed] = [beyond(after, before), beyond(before, after)]
  return toDimension(id, added === null ? null : { value: added }, removed === null ? null : { value: removed })
}

/** A claim that the access token repeats must be there, so more of them is narrower. Another name of one is a difference. */
function compareMetadata(id: string, before: Grant, after: Grant): Dimension {
  const { accepted, refused } = compareSets(id, Object.values(after.metadata), Object.values(before.metadata))
  const lacking = (one: Example | undefined): Example | null => (one ? { absent: true } : null)
  const dimension = toDimension(id, lacking(accepted), lacking(refused))
  const isSame = JSON.stringify([before.metadata, before.carry]) === JSON.stringify([after.metadata, after.carry])
  return isSame || dimension.relation !== 'equal' ? dimension : { ...dimension, relation: 'different' }
}
