import type { Db } from '@/lib/db/client'
import { readKept } from '@/lib/db/kept-object'
import { toTrustOfVersion } from '@/lib/db/trust-version-row'
import { actionTitle } from '@/lib/model/audit-actions'
import { changeSentences } from '@/lib/model/change-sentences'
import type { IncidentChange } from '@/lib/model/incident'
import { keySourceId } from '@/lib/net/key-cache'
import { readPemKey } from '@/lib/trust/keys/pem'
import { isRemote } from '@/lib/trust/policy'
import type { Trust } from '@/lib/trust/trust'
import { toTls } from '../key-source/key-source-row'
import { newest, newestOfOwner } from '../list-page'
import type { IncidentRow } from './incident-batch'

export type ChangesBefore = {
  /** The last login of that identity or issuer that was accepted before; null where none was found. */
  lastAcceptedAt: Date | null
  /** From when on changes were looked for. */
  since: Date
  /** Newest first. */
  changes: IncidentChange[]
}

const dayMs = 86_400_000
/** Looked back to at most, to the last accepted login; a day where none is known. */
const [daysMax, daysUnknown] = [30, 1]
/** What a refusal itself makes known, such as a key source that does not answer, is on record right after it. */
const afterMs = 2 * 60_000
/** Rows of one statement, and changes told. */
const [rowsMax, changesMax] = [50, 20]
/** Logins looked through for the last one that was accepted. */
const loginsMax = 200

/**
 * What changed between the last accepted login and the first refusal of an incident: the trust and the identity by the audit, key sources by their
 * events, and what expired. Each statement reads a bounded part of one index range.
 */
export async function changesBefore(db: Db, incident: IncidentRow): Promise<ChangesBefore> {
  const { firstAt } = incident
  const lastAcceptedAt = await lastAccepted(db, incident)
  const earliest = firstAt.getTime() - (lastAcceptedAt ? daysMax : daysUnknown) * dayMs
  const since = new Date(Math.max(earliest, lastAcceptedAt?.getTime() ?? 0))
  const span = { gte: since, lte: new Date(firstAt.getTime() + afterMs) }
  const trust = await trustOf(db, incident)
  const changes = [
    ...(await auditChanges(db, incident, { gte: since, lte: firstAt })),
    ...(await sourceChanges(db, incident, trust, span)),
    ...expiredKeys(trust, span),
    ...(await expiredToken(db, incident)),
  ]
  const inOrder = changes.sort((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0))
  return { lastAcceptedAt, since, changes: inOrder.slice(0, changesMax) }
}

type Span = { gte: Date; lte: Date }

async function lastAccepted(
  db: Db,
  { organizationId, identityId, trustId, firstAt }: IncidentRow,
): Promise<Date | null> {
  if (organizationId === null || (identityId === null && trustId === null)) return null
  const at = { lt: firstAt }
  const select = { at: true, accepted: true, organizationId: true, trustId: true, method: true } as const
  const rows =
    identityId === null
      ? await db.decision.findMany({
          where: { organizationId, accepted: true, at },
          orderBy: newestOfOwner,
          take: loginsMax,
          select,
        })
      : await db.decision.findMany({ where: { identityId, at }, orderBy: newest, take: loginsMax, select })
  const ofTrust = rows.filter((row) => identityId !== null || row.trustId === trustId)
  const found = ofTrust.find((row) => row.accepted && row.organizationId === organizationId && row.method !== 'test')
  return found?.at ?? null
}

async function auditChanges(db: Db, incident: IncidentRow, at: Span): Promise<IncidentChange[]> {
  const { organizationId, identityId, trustId } = incident
  if (organizationId === null) return []
  const trusts =
    identityId === null
      ? []
      : await db.trust.findMany({
          where: { identityId },
          orderBy: [{ identityId: 'asc' }, { kind: 'asc' }],
          select: { id: true },
          take: rowsMax,
        })
  const targets = new Set([identityId, trustId, ...trusts.map(({ id }) => id)].filter((id) => id !== null))
  const read = async (where: { targetId: string } | { action: string }) =>
    db.auditEntry.findMany({ where: { organizationId, ...where, at }, orderBy: newestOfOwner, take: rowsMax })
  const found = []
  for (const targetId of targets) found.push(...(await read({ targetId })))
  // A trust that is gone is no longer among the identity's.
  if (identityId !== null && trustId === null) {
    const deleted = await read({ action: 'trust.deleted' })
    found.push(...deleted.filter(({ before }) => readKept(before)?.identityId === identityId))
  }
  return found.filter(({ action }) => /^(trust|identity)\./.test(action)).map(toChange)
}

const isChange = /\.(updated|taken-over)$/

type Entry = Awaited<ReturnType<Db['auditEntry']['findMany']>>[number]

function toChange({ id, at, action, actorName, before, after, targetName }: Entry): IncidentChange {
  // Of what was made or deleted, every member would be told.
  const told = isChange.test(action) ? changeSentences(readKept(before), readKept(after)) : []
  const title = `${actionTitle(action)}: ${targetName ?? ''}`
  return {
    ...{ at: at.toISOString(), kind: action.startsWith('trust.') ? ('trust' as const) : ('identity' as const) },
    text: told.length > 0 ? told.map(({ text }) => text).join(' · ') : title,
    ...{ entryId: id, sourceId: null, actorName },
  }
}

/** The trust as it was when it judged first, or as it is. */
async function trustOf(db: Db, { trustId, trustVersion }: IncidentRow): Promise<Trust | null> {
  if (trustId === null || trustVersion === null) return null
  const row = await db.trustVersion.findUnique({ where: { trustId_version: { trustId, version: trustVersion } } })
  return row && toTrustOfVersion(row)
}

async function sourceChanges(
  db: Db,
  { trustId }: IncidentRow,
  trust: Trust | null,
  at: Span,
): Promise<IncidentChange[]> {
  if (trustId === null) return []
  const used = await db.trustKeySource.findMany({ where: { trustId }, select: { sourceId: true }, take: rowsMax })
  const then = trust?.keys.filter(isRemote).map(keySourceId) ?? []
  const ids = [...new Set([...used.map(({ sourceId }) => sourceId), ...then])].slice(0, rowsMax)
  if (ids.length === 0) return []
  const found: IncidentChange[] = []
  for (const sourceId of ids) {
    const events = await db.keySourceEvent.findMany({ where: { sourceId, at }, orderBy: newest, take: changesMax })
    found.push(...events.map((event) => sourceChange(sourceId, 'key-source', event.at, event.message)))
  }
  const states = await db.keySourceState.findMany({ where: { id: { in: ids } }, select: { id: true, tls: true } })
  for (const state of states) {
    const tls = toTls(state)
    const ended = [tls, ...(tls?.chain ?? [])].filter((one) => one !== null)
    for (const { subject, notAfter } of ended) {
      const end = new Date(notAfter * 1000)
      if (isWithin(end, at))
        found.push(sourceChange(state.id, 'certificate', end, `The TLS certificate of ${subject} expired.`))
    }
  }
  return found
}

const sourceChange = (
  sourceId: string,
  kind: 'key-source' | 'certificate',
  at: Date,
  text: string,
): IncidentChange => ({
  ...{ at: at.toISOString(), kind, text, entryId: null, sourceId, actorName: null },
})

function expiredKeys(trust: Trust | null, span: Span): IncidentChange[] {
  return (trust?.keys ?? []).flatMap((source) => {
    const read = source.kind === 'static-pem' ? readPemKey(source.pem) : null
    const certificate = read?.ok ? read.key.certificate : null
    const end = certificate && new Date(certificate.notAfter * 1000)
    if (!end || !isWithin(end, span)) return []
    const text = `The certificate of the key ${certificate.subject} expired.`
    return [
      { at: end.toISOString(), kind: 'certificate' as const, text, entryId: null, sourceId: null, actorName: null },
    ]
  })
}

/** When the first token that was refused as expired had expired. */
async function expiredToken(db: Db, { reason, firstDecisionId }: IncidentRow): Promise<IncidentChange[]> {
  if (reason !== 'token_expired') return []
  const row = await db.decision.findUnique({ where: { id: firstDecisionId }, select: { claims: true } })
  const exp = readKept(row?.claims ?? null)?.exp
  const end = new Date(Number(exp) * 1000)
  if (Number.isNaN(end.getTime()) || end.getTime() <= 0) return []
  const text = 'The first token that was refused expired.'
  return [{ at: end.toISOString(), kind: 'token', text, entryId: null, sourceId: null, actorName: null }]
}

const isWithin = (at: Date, { gte, lte }: Span) => at >= gte && at <= lte
