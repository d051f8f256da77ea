import type { Db } from '@/lib/db/client'
import { type FoundRule, laterStories } from '@/lib/model/summary'
import { perProcess } from '@/lib/per-process'
import { score } from '@/lib/trust/posture/posture'
import { type Judged, judgedBy } from './judge-trusts'
import { readFound } from './read-found'

/** What lists need of a trust and its posture. */
export type KnownTrust = {
  id: string
  name: string
  kind: string
  identityId: string | null
  issuer: string | null
  enabled: boolean
  /** Its identity is a canary, so it counts in no score. */
  isCanary: boolean
  version: number
  /** Null until it was judged. */
  posture: KnownPosture | null
}
export type KnownPosture = {
  version: number
  judgedBy: string
  judgedAt: Date
  found: Found[]
  /** Whether its attack stories are still to be judged. */
  isPartial: boolean
  /** As if nothing were muted. */
  score: number
}
export type Found = Pick<FoundRule, 'rule' | 'severity' | 'count'>

/** Trusts of an organization with their postures, as they were read last. `revision` grows with every change. */
export type KnownPostures = { trusts: Map<string, KnownTrust>; revision: number; isComplete: boolean }

type Held = KnownPostures & { mark: string; readAtMs: number; readMs: number; reading: Promise<void> | null }

/** Trusts of one organization that are judged, and of all organizations that are held. */
const [trustsMax, heldMax] = [50_000, 200_000]
/** Trusts that are counted at most to see that some have gone. */
const countedMax = 5_000
/** Trusts of one statement: a login that waits for it waits some milliseconds. */
const pageRows = 200
/**
 * While some are not judged, all are read again after so long, as another process may have judged them: beside the requests, and a
 * small part of the time.
 */
const [readAgainMs, readAgainFactor] = [5_000, 20]

const held = perProcess<Map<string, Held>>('postures')

/**
 * Returns the trusts of an organization with what was found in them. They are read page by page when one has been made, changed or
 * removed since, so that this costs two small statements otherwise.
 */
export async function knownPostures(db: Db, organizationId: string): Promise<KnownPostures> {
  held.value ??= new Map()
  const all = held.value
  const known: Held = all.get(organizationId) ?? {
    ...{ trusts: new Map(), revision: 0, isComplete: true },
    ...{ mark: '', readAtMs: Number.NEGATIVE_INFINITY, readMs: 0, reading: null },
  }
  // The one that was used last is the last.
  all.delete(organizationId)
  all.set(organizationId, known)
  const mark = await markOf(db, organizationId)
  const read = () => {
    known.reading ??= readAll(db, organizationId, known, mark).finally(() => {
      known.reading = null
    })
    return known.reading
  }
  while (mark !== known.mark) {
    // One that began before the change is waited for, and is not enough.
    await read()
    forgetOthers(all)
  }
  // What fails here is tried again by the next request, and told by one that has to wait for it.
  if (mayBeBehind(known)) read().catch(() => {})
  return known
}

const mayBeBehind = (known: Held) =>
  performance.now() - known.readAtMs > Math.max(readAgainMs, known.readMs * readAgainFactor) &&
  staleOf(known).length > 0

/** Notes what was found just now, beside the rows that hold it. Views are made of it from the next `revise` on. */
export function notePostures(organizationId: string, judged: readonly Judged[], judgedAt: Date): void {
  const known = held.value?.get(organizationId)
  if (!known) return
  for (const { trust, summary, isCanary } of judged) {
    const { id, name, kind, identityId, issuer, enabled, version } = trust
    const found = summary.found.map(briefly)
    known.trusts.set(id, {
      ...{ id, name, kind, identityId, issuer, enabled, version, isCanary },
      posture: { version, judgedBy, judgedAt, found, isPartial: summary.stories === laterStories, score: score(found) },
    })
  }
}

/** Has views made anew. Of very many trusts that takes a tenth of a second. */
export function revise(organizationId: string): void {
  const known = held.value?.get(organizationId)
  if (known) known.revision++
}

/** Whether what is known of a trust is of an older version, or found by older rules. */
export const isStale = ({ version, posture }: KnownTrust): boolean =>
  posture === null || posture.version !== version || posture.judgedBy !== judgedBy

/** Trusts whose posture was not known, or not of now, at the last revision. */
export function staleOf(known: KnownPostures): readonly KnownTrust[] {
  const { revision } = known
  const last = staleAt.get(known)
  if (last?.revision === revision) return last.trusts
  const trusts = [...known.trusts.values()].filter(isStale)
  staleAt.set(known, { revision, trusts })
  return trusts
}
const staleAt = new WeakMap<KnownPostures, { revision: number; trusts: KnownTrust[] }>()

/** Changes with every change of a trust, and where there are few of them also when some are removed by hand. */
async function markOf(db: Db, organizationId: string): Promise<string> {
  const counter = await db.sequenceCounter.findUnique({ where: { organizationId } })
  const count = await db.trust.count({ where: { organizationId }, orderBy: { id: 'asc' }, take: countedMax + 1 })
  return `${counter?.value ?? 0} ${count}`
}

async function readAll(db: Db, organizationId: string, known: Held, mark: string): Promise<void> {
  const trusts: Held['trusts'] = new Map()
  const startedMs = performance.now()
  for (let after = ''; trusts.size < trustsMax; ) {
    const page = await readPage(db, organizationId, after)
    for (const trust of page) trusts.set(trust.id, trust)
    after = page.at(-1)?.id ?? ''
    if (page.length < pageRows) break
  }
  const readAtMs = performance.now()
  Object.assign(known, { trusts, mark, readAtMs, readMs: readAtMs - startedMs, isComplete: trusts.size < trustsMax })
  known.revision++
}

async function readPage(db: Db, organizationId: string, after: string): Promise<KnownTrust[]> {
  const rows = await db.trust.findMany({
    where: { organizationId, ...(after === '' ? {} : { id: { gt: after } }) },
    orderBy: { id: 'asc' },
    take: pageRows,
    select: {
      ...{ id: true, name: true, kind: true, identityId: true, issuer: true, enabled: true, version: true },
      posture: { select: posture },
      identity: { select: { isCanary: true } },
    },
  })
  return rows.map(({ posture, identity, ...trust }) => ({
    ...trust,
    isCanary: identity?.isCanary ?? false,
    posture: posture && toKnownPosture(posture),
  }))
}

const posture = { version: true, judgedBy: true, judgedAt: true, found: true, stories: true } as const

type PostureRow = { version: number; judgedBy: string; judgedAt: Date; found: string; stories: number | null }

/** Null for a row that cannot be read: it is written anew. */
function toKnownPosture({ found: text, stories, ...row }: PostureRow): KnownPosture | null {
  const found = readFound(text)?.map(briefly)
  return found ? { ...row, found, isPartial: stories === laterStories, score: score(found) } : null
}

const briefly = ({ rule, severity, count }: FoundRule): Found => ({ rule, severity, count })

function forgetOthers(all: Map<string, Held>): void {
  let total = [...all.values()].reduce((sum, { trusts }) => sum + trusts.size, 0)
  for (const [organizationId, { trusts }] of all) {
    if (total <= heldMax || all.size === 1) return
    all.delete(organizationId)
    total -= trusts.size
  }
}
