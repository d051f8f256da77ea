import { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { storedOrNull } from '@/lib/db/stored-json'
import { lateFrom, lateToken, movedToken } from '@/lib/model/custody'
import { perProcess } from '@/lib/per-process'
import { addressKey } from '../address-key'
import { custodyGroup, type Raised } from './custody-group'
import { type RefusalRow, refusalColumns } from './incident-batch'
import { type WideRuns, wideRuns } from './wide-runs'

type Login = RefusalRow & { tokenSha256: string | null; claims: string | null }
type FirstUse = { id: string; ip: string | null }

/** First uses that a process remembers, so that a token which is used again and again is looked up once. */
const rememberedMax = 10_000
/** Logins that one look-up of first uses reads; of tokens that are used more often the first use is asked for by itself. */
const usesMax = 2_000

const remembered = perProcess<Map<string, FirstUse>>('first-uses')

type Place = { seq: number; id: string }

/** Finds accepted logins that are a reason to ask who holds their token, and notes which trusts a run opened. */
export async function custodyOf(db: Db, accepted: readonly Place[]): Promise<WideRuns> {
  const seqOf = new Map(accepted.map(({ seq, id }) => [id, seq]))
  const logins = seqOf.size > 0 ? await readLogins(db, [...seqOf.keys()]) : []
  const runs = await wideRuns(db, logins, seqOf)
  const tokens = [...(await lateTokens(db, logins, seqOf)), ...(await movedTokens(db, logins, seqOf))]
  return { ...runs, raised: [...tokens, ...runs.raised] }
}

/**
 * Logins with a token that was not used before the last part of its life: jobs use theirs at once, who finds one in a log does not. A use that was
 * refused in that part is none: a caller who has found a token can have it refused first.
 */
async function lateTokens(db: Db, logins: readonly Login[], seqOf: ReadonlyMap<string, number>): Promise<Raised[]> {
  const found: Raised[] = []
  for (const row of logins) {
    const { id, at, tokenSha256, organizationId } = row
    const times = row.claims === null ? null : storedOrNull(row.claims, Times)
    const from = times && lateFrom(times)
    if (tokenSha256 === null || !from || at < from) continue
    const uses = [{ at: { lt: from } }, { at: { lte: at }, accepted: true, organizationId }]
    const earlier = { tokenSha256, id: { not: id }, method: { not: 'test' }, OR: uses }
    if (await db.decision.findFirst({ where: earlier, select: { id: true } })) continue
    const group = await custodyGroup(row, lateToken)
    found.push({ seq: seqOf.get(id) ?? 0, row: { ...row, reason: lateToken }, group, others: null })
  }
  return found
}

const Times = z.object({ iat: z.unknown(), exp: z.unknown() })

/**
 * Logins whose token was used from another address before: it is copied, or several machines share it. The first use is counted with
 * them. IPv6 addresses of one /64 are one address.
 */
async function movedTokens(db: Db, logins: readonly Login[], seqOf: ReadonlyMap<string, number>): Promise<Raised[]> {
  const first = await firstUsesOf(db, logins)
  const moved = logins.flatMap((row) => {
    const use = row.tokenSha256 === null ? undefined : first.get(row.tokenSha256)
    const isMoved = use && use.id !== row.id && isElsewhere(use.ip, row.ip)
    return isMoved ? [{ row, use }] : []
  })
  if (moved.length === 0) return []
  const uses = await uncounted(db, new Set(moved.map(({ use }) => use.id)))
  const found: Raised[] = []
  for (const { row, use } of moved.sort(
    (one, other) => (seqOf.get(one.row.id) ?? 0) - (seqOf.get(other.row.id) ?? 0),
  )) {
    const seq = seqOf.get(row.id) ?? 0
    const group = await custodyGroup(row, movedToken)
    const earlier = uses.get(use.id)
    uses.delete(use.id)
    for (const one of earlier ? [earlier, row] : [row]) {
      found.push({ seq, row: { ...one, reason: movedToken }, group, others: null })
    }
  }
  return found
}

const isElsewhere = (one: string | null, other: string | null) =>
  one !== null && other !== null && addressKey(one) !== addressKey(other)

const readLogins = (db: Db, ids: readonly string[]): Promise<Login[]> =>
  db.decision.findMany({
    where: { id: { in: [...ids] }, accepted: true, method: { not: 'test' }, organizationId: { not: null } },
    select: { ...refusalColumns, tokenSha256: true, claims: true },
  })

/** First uses, by token, of those of them that no incident counts yet. */
async function uncounted(db: Db, ids: ReadonlySet<string>): Promise<Map<string, Login>> {
  const members = await db.incidentRefusal.findMany({
    where: { decisionId: { in: [...ids] } },
    select: { decisionId: true, incidentId: true },
  })
  const incidents = await db.incident.findMany({
    where: { id: { in: members.map(({ incidentId }) => incidentId) }, reason: movedToken },
    select: { id: true },
  })
  const same = new Set(incidents.map(({ id }) => id))
  const known = new Set(members.filter(({ incidentId }) => same.has(incidentId)).map(({ decisionId }) => decisionId))
  const rows = await readLogins(
    db,
    [...ids].filter((id) => !known.has(id)),
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** The first accepted use of each token in the same organization. */
async function firstUsesOf(db: Db, logins: readonly Login[]): Promise<ReadonlyMap<string, FirstUse>> {
  remembered.value ??= new Map()
  const known = remembered.value
  const tokens = new Map(logins.flatMap((row) => (row.tokenSha256 === null ? [] : [[row.tokenSha256, row] as const])))
  const found = new Map<string, FirstUse>()
  const unknown = [...tokens].filter(([token, row]) => {
    const use = known.get(keyOf(row, token))
    if (use) found.set(token, use)
    return !use
  })
  if (unknown.length === 0) return found
  const organizationId = { in: [...new Set(unknown.map(([, row]) => row.organizationId ?? ''))] }
  const where = { accepted: true, method: { not: 'test' }, organizationId }
  const oldest = [{ at: 'asc' as const }, { id: 'asc' as const }]
  const select = { id: true, ip: true, tokenSha256: true, organizationId: true } as const
  const tokenSha256 = { in: unknown.map(([token]) => token) }
  const uses = await db.decision.findMany({ where: { ...where, tokenSha256 }, orderBy: oldest, take: usesMax, select })
  for (const [token, row] of unknown) {
    const isOwn = (use: (typeof uses)[number]) => use.tokenSha256 === token && use.organizationId === row.organizationId
    const one = { ...where, tokenSha256: token, organizationId: row.organizationId ?? '' }
    const use = uses.find(isOwn) ?? (await db.decision.findFirst({ where: one, orderBy: oldest, select }))
    if (!use) continue
    found.set(token, use)
    remember(known, keyOf(row, token), { id: use.id, ip: use.ip })
  }
  return found
}

const keyOf = ({ organizationId }: Login, token: string) => `${organizationId} ${token}`

function remember(known: Map<string, FirstUse>, key: string, use: FirstUse): void {
  if (known.size >= rememberedMax) known.delete(known.keys().next().value ?? '')
  known.set(key, use)
}
