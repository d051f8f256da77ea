import { z } from 'zod'
import type { Db } from '@/lib/db/client'
import type { AcceptedLogin, FirstUse } from '@/lib/db/login-store/log-rows'
import { loginStoreOf } from '@/lib/db/login-store/stores'
import { storedOrNull } from '@/lib/db/stored-json'
import { lateFrom, lateToken, movedToken } from '@/lib/model/custody'
import { perProcess } from '@/lib/per-process'
import type { JsonObject } from '@/lib/trust/json/json'
import { addressKey } from '../address-key'
import { custodyGroup, type Raised } from './custody-group'
import { type WideRuns, wideRuns } from './wide-runs'

/** First uses that a process remembers, so that a token which is used again and again is looked up once. */
const rememberedMax = 10_000

const remembered = perProcess<Map<string, Pick<FirstUse, 'id' | 'ip'>>>('first-uses')

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
    const from = row.said && lateFrom({ iat: row.said.iat, exp: row.said.exp })
    if (tokenSha256 === null || !from || at < from) continue
    const uses = [{ at: { lt: from } }, { at: { lte: at }, accepted: true, organizationId }]
    const earlier = { tokenSha256, id: { not: id }, method: { not: 'test' }, OR: uses }
    if (await db.decision.findFirst({ where: earlier, select: { id: true } })) continue
    const group = await custodyGroup(row, lateToken)
    found.push({ seq: seqOf.get(id) ?? 0, row: { ...row, reason: lateToken }, group, others: null })
  }
  return found
}

/**
 * Logins whose token was used from another address before: it is copied, or several machines share it. The first use is counted with
 * them. IPv6 addresses of one /64 are one address.
 */
async function movedTokens(db: Db, logins: readonly Login[], seqOf: ReadonlyMap<string, number>): Promise<Raised[]> {
  const moved = (await firstUsesOf(db, logins)).flatMap(({ row, use }) =>
    use && use.id !== row.id && isElsewhere(use.ip, row.ip) ? [{ row, use }] : [],
  )
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

/** An accepted login with its claims; null where they cannot be read. */
type Login = AcceptedLogin & { said: JsonObject | null }

async function readLogins(db: Db, ids: readonly string[]): Promise<Login[]> {
  const rows = await loginStoreOf(db).acceptedLogins(ids)
  return rows.map((row) => ({ ...row, said: row.claims === null ? null : storedOrNull(row.claims, Claims) }))
}

/** What `JSON.parse` answers is JSON. */
const Claims = z.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value))

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

/** The first accepted use of each token in its organization. */
async function firstUsesOf(db: Db, logins: readonly Login[]) {
  remembered.value ??= new Map()
  const known = remembered.value
  const unknown = new Map<string, Set<string>>()
  for (const { organizationId, tokenSha256 } of logins) {
    if (organizationId === null || tokenSha256 === null || known.has(keyOf(organizationId, tokenSha256))) continue
    unknown.set(organizationId, (unknown.get(organizationId) ?? new Set()).add(tokenSha256))
  }
  const found = new Map<string, Pick<FirstUse, 'id' | 'ip'>>()
  for (const [organizationId, tokens] of unknown) {
    for (const { tokenSha256, id, ip } of await loginStoreOf(db).firstUses(organizationId, [...tokens])) {
      found.set(keyOf(organizationId, tokenSha256), { id, ip })
    }
  }
  const of = ({ organizationId, tokenSha256 }: Login) => {
    if (organizationId === null || tokenSha256 === null) return undefined
    const key = keyOf(organizationId, tokenSha256)
    return found.get(key) ?? known.get(key)
  }
  const uses = logins.map((row) => ({ row, use: of(row) }))
  for (const [key, use] of found) remember(known, key, use)
  return uses
}

const keyOf = (organizationId: string, token: string) => `${organizationId} ${token}`

function remember<Use>(known: Map<string, Use>, key: string, use: Use): void {
  if (known.size >= rememberedMax) known.delete(known.keys().next().value ?? '')
  known.set(key, use)
}
