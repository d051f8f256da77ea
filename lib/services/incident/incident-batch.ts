import type { Db } from '@/lib/db/client'
import { incidentNames } from '@/lib/db/login-store/log-rows'
import { storedOr, storedOrNull } from '@/lib/db/stored-json'
import { newId } from '@/lib/ids'
import { isAlarm, isTold } from '@/lib/model/alarm'
import { Addresses, addAddress, addToSpark, incidentGapMs, Spark } from '@/lib/model/incident'
import { sha256Hex } from '@/lib/trust/sha256-hex'

export type IncidentRow = Awaited<ReturnType<Db['incident']['findMany']>>[number]

/** Columns of a refused decision that incidents are made of. */
const refusalColumns = selecting(incidentNames)
export type RefusalRow = Awaited<ReturnType<typeof readRefusals>>[number]

/** Refused logins among decisions; tokens that were only tried are none. */
export const readRefusals = (db: Db, ids: readonly string[]) =>
  db.decision.findMany({
    where: { id: { in: [...ids] }, accepted: false, method: { not: 'test' } },
    select: refusalColumns,
  })

/** Names of columns as Prisma selects them. */
function selecting<Name extends string>(names: readonly Name[]): Record<Name, true> {
  return Object.fromEntries(names.map((name) => [name, true])) as Record<Name, true>
}

/** What refusals of an incident have in common. */
export type Group = { key: string; issuer: string | null; isMixed: boolean }

/**
 * Groups a refusal by its cause (method, check, reason code) and by whom it was: the identity, else the trust, else the issuer that the token
 * names. Never by other values of the token, for these are as many as its maker likes.
 */
export async function groupOf(row: RefusalRow): Promise<Group> {
  // Uses of one canary are one incident, whatever was sent where: an identity, or a decoy token.
  if (isAlarm({ reason: row.reason ?? '' })) {
    const key = await keyOf([row.organizationId, row.reason, row.accessTokenId ?? row.identityId ?? row.trustId])
    return { key, issuer: row.issuer, isMixed: false }
  }
  const cause = [row.organizationId, row.method, row.checkId, row.reason]
  if (row.organizationId === null)
    return { ...(await unmatchedGroup(cause, row.issuer)), isMixed: row.repeats !== null }
  if (row.identityId !== null)
    return { key: await keyOf([...cause, 'identity', row.identityId]), issuer: row.issuer, isMixed: false }
  if (row.trustId !== null)
    return { key: await keyOf([...cause, 'trust', row.trustId]), issuer: row.issuer, isMixed: false }
  return { key: await keyOf([...cause, 'several']), issuer: null, isMixed: true }
}

/** The group of attempts whose issuers are too many to be told apart. */
export const otherIssuers = async (row: RefusalRow): Promise<Group> => ({
  ...(await unmatchedGroup([row.organizationId, row.method, row.checkId, row.reason], null, 'others')),
  isMixed: true,
})

const unmatchedGroup = async (cause: unknown[], issuer: string | null, of = 'issuer') => ({
  key: await keyOf([...cause, of, issuer]),
  issuer,
})

export const keyOf = (parts: readonly unknown[]) => sha256Hex(JSON.stringify(parts))

/** Incidents as a batch changes them, in memory; nothing is written here. */
export function incidentBatch(stored: readonly IncidentRow[]) {
  const byKey = new Map<string, Open[]>()
  const byId = new Map<string, Open>()
  const add = (open: Open) => {
    byId.set(open.row.id, open)
    byKey.set(open.row.groupKey, [...(byKey.get(open.row.groupKey) ?? []), open])
  }
  for (const row of stored) add(toOpen(row, false))

  /** The incident that a refusal of a group and time belongs to. */
  function find(key: string, at: Date): Open | null {
    const near = (byKey.get(key) ?? []).filter(({ row }) => takes(row, at))
    return near.reduce<Open | null>((best, one) => (best && best.row.firstAt >= one.row.firstAt ? best : one), null)
  }

  /** Counts refusals of a decision's row. @returns the id of their incident */
  function count(group: Group, row: RefusalRow, at: Date, more: number): string {
    const known = find(group.key, at)
    const open = known ?? toOpen(newIncident(group, row, at), true)
    if (!known) add(open)
    open.isChanged = true
    const { row: incident } = open
    if (at < incident.firstAt) Object.assign(incident, { firstAt: at, firstDecisionId: row.id })
    if (at >= incident.at) Object.assign(incident, { at, lastDecisionId: row.id })
    incident.count = Math.min(incident.count + more, int32Max)
    incident.isMixed ||= group.isMixed
    open.addresses = addAddress(open.addresses, row.ip, more)
    open.spark = addToSpark(open.spark, at.getTime(), more)
    return incident.id
  }

  return {
    count,
    has: (key: string, at: Date) => find(key, at) !== null,
    changed: () => [...byId.values()].filter(({ isChanged }) => isChanged),
  }
}
export type IncidentBatch = ReturnType<typeof incidentBatch>

type Open = { row: IncidentRow; addresses: Addresses; spark: Spark | null; isNew: boolean; isChanged: boolean }

function takes({ firstAt, at, state, stateAt }: IncidentRow, refusedAt: Date): boolean {
  const isNear = +refusedAt >= +firstAt - incidentGapMs && +refusedAt <= +at + incidentGapMs
  return isNear && (state !== 'resolved' || (stateAt !== null && refusedAt <= stateAt))
}

/** What a number in both databases can be. */
export const int32Max = 2_147_483_647

const noAddresses: Addresses = { listed: [], isMore: false }

const toOpen = (row: IncidentRow, isNew: boolean): Open => ({
  row: { ...row },
  addresses: storedOr(row.addresses, Addresses, { listed: [], isMore: true }),
  spark: storedOrNull(row.spark, Spark),
  ...{ isNew, isChanged: false },
})

function newIncident({ key, issuer, isMixed }: Group, row: RefusalRow, at: Date): IncidentRow {
  const { organizationId, identityId, identityName, trustId, trustVersion, method, checkId } = row
  return {
    ...{
      id: newId(),
      organizationId,
      groupKey: key,
      method,
      checkId,
      reason: row.reason ?? 'refused',
      issuer,
      isMixed,
    },
    // Without an organization the identity is one that does not exist.
    identityId: organizationId === null || isMixed ? null : identityId,
    ...{ identityName: organizationId === null ? null : identityName, trustId, trustVersion },
    about: isTold({ reason: row.reason ?? '' }) ? row.message : null,
    ...{ firstAt: at, at, count: 0, firstDecisionId: row.id, lastDecisionId: row.id },
    ...{ addresses: JSON.stringify(noAddresses), spark: '', state: 'open', stateAt: null, note: null, stateVersion: 0 },
    ...{ stateByKind: null, stateById: null, stateByName: null, lastChange: null, changesDueAt: at },
    announceAt: organizationId === null ? null : at,
  }
}
