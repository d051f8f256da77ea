import { ruleOf } from '@/lib/model/finding-answers'
import { type Severity, severities } from '@/lib/trust/posture/finding'
import { score, worstOf } from '@/lib/trust/posture/posture'
import type { Found, KnownPostures, KnownTrust } from './known-postures'
import type { Mute } from './mutes'

/** A judged trust as lists show it: findings that are muted do not count. */
export type ViewedTrust = KnownTrust & {
  score: number
  worst: Severity | null
  counted: Found[]
  muted: Found[]
}

export type Counts = Record<Severity, number>

export type PostureView = {
  /** Worst first, then by name. */
  trusts: ViewedTrust[]
  /** Of enabled trusts: their mean, capped by the worst finding; null = none is judged. */
  score: number | null
  worst: Severity | null
  counts: Counts
  rules: { id: string; title: string; severity: Severity; trusts: number; muted: number }[]
}

/** The posture of an organization, from what is known of its trusts. It is made once for a revision and its mutes. */
export function postureView(known: KnownPostures, mutes: ReadonlyMap<string, Mute[]>): PostureView {
  const muted = [...mutes.values()].flatMap((list) => list.map(({ trustId, rule }) => `${trustId} ${rule}`)).sort()
  const of = `${known.revision} ${muted.join()}`
  const last = made.get(known)
  if (last?.of === of) return last.view
  const view = makeView(known, mutes)
  made.set(known, { of, view })
  return view
}

const made = new WeakMap<KnownPostures, { of: string; view: PostureView }>()

function makeView({ trusts }: KnownPostures, mutes: ReadonlyMap<string, Mute[]>): PostureView {
  const viewed = [...trusts.values()].flatMap((trust) => view(trust, mutes.get(trust.id) ?? []))
  const enabled = viewed.filter((trust) => trust.enabled && !trust.isCanary)
  const counted = enabled.flatMap((trust) => trust.counted)
  return {
    trusts: viewed.sort(compareTrusts),
    score: enabled.length === 0 ? null : organizationScore(enabled),
    worst: worstOf(counted),
    counts: countsOf(counted),
    rules: rulesOf(viewed),
  }
}

function view(trust: KnownTrust, mutes: readonly Mute[]): ViewedTrust[] {
  const { posture } = trust
  if (!posture) return []
  const { found } = posture
  if (mutes.length === 0) return [{ ...trust, score: posture.score, worst: worstOf(found), counted: found, muted: [] }]
  const rules = new Set(mutes.map(({ rule }) => rule))
  const counted = found.filter(({ rule }) => !rules.has(rule))
  const muted = found.filter(({ rule }) => rules.has(rule))
  return [{ ...trust, score: score(counted), worst: worstOf(counted), counted, muted }]
}

/** Where a trust is in the list. */
export type PlaceInList = Pick<ViewedTrust, 'score' | 'name' | 'id'>

export function compareTrusts(one: PlaceInList, other: PlaceInList): number {
  if (one.score !== other.score) return one.score - other.score
  if (one.name !== other.name) return one.name < other.name ? -1 : 1
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0
}

function organizationScore(trusts: readonly ViewedTrust[]): number {
  const mean = trusts.reduce((sum, trust) => sum + trust.score, 0) / trusts.length
  const worst = trusts.flatMap(({ counted }) => counted)
  const [ceiling] = severities.flatMap((severity) => worst.find((found) => found.severity === severity) ?? [])
  return Math.floor(ceiling ? Math.min(mean, score([ceiling])) : mean)
}

function countsOf(found: readonly Found[]): Counts {
  const counts: Counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 }
  for (const { severity, count } of found) counts[severity] += count
  return counts
}

/** Rules that found something, the worst first, then those of most trusts. */
function rulesOf(trusts: readonly ViewedTrust[]): PostureView['rules'] {
  const rules = new Map<string, PostureView['rules'][number]>()
  const at = (id: string, severity: Severity) => {
    const known = rules.get(id) ?? { id, title: ruleOf(id)?.title ?? id, severity, trusts: 0, muted: 0 }
    rules.set(id, known)
    if (rank(severity) < rank(known.severity)) known.severity = severity
    return known
  }
  for (const { counted, muted } of trusts) {
    for (const { rule, severity } of counted) at(rule, severity).trusts++
    for (const { rule, severity } of muted) at(rule, severity).muted++
  }
  return [...rules.values()].sort(
    (a, b) => rank(a.severity) - rank(b.severity) || b.trusts - a.trusts || (a.id < b.id ? -1 : 1),
  )
}

const rank = (severity: Severity) => severities.indexOf(severity)
