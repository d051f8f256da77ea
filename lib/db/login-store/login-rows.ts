import { dayOf } from '@/lib/day-of'
import type { RecordTable } from '../evidence/record-digest'
import type { AccessToken, Decision, Trust, UnsealedRecord } from '../generated/sqlite/client'
import type { DecisionPartitions } from '../partitions/decision-partitions'
import type { FoundToken } from './found-rows'
import type { AcceptedLogin, Appended, FirstUse, LogBatch, LogLink } from './log-rows'

/** A row as a login writes it, without what the database fills in. */
export type AccessTokenRow = Omit<AccessToken, 'renewedAt' | 'uses' | 'lastUsedAt' | 'revokedAt'>
export type DecisionRow = Decision

/** What one login writes. All of it is durable, or none. */
export type LoginRows = {
  /** Of an accepted login: the token it got, and the version of the trust that accepted it. Null for a refusal. */
  issued: { token: AccessTokenRow; trustVersion: number } | null
  decision: DecisionRow
  /** Rows of earlier refusals that this one can be counted into, instead of a row of its own. */
  countInto: readonly string[]
  /** How many refusals are counted with it; absent = one. A row of its own has the others in `repeats`. */
  times?: number
}

/**
 * What became of it. `changed`: nothing was written, because the trust is no longer what it was, or it or the identity is
 * gone. `countedInto` is the row that took the place of its own.
 */
export type Kept = { state: 'kept'; countedInto: string | null } | { state: 'changed' }

/** An identity with its enabled trust of one kind. */
export type FoundIdentity = {
  organizationId: string
  name: string
  /** Where it is planted, of an identity that is a canary; else null. */
  canaryPlace: string | null
  trust: FoundTrust | null
}

/** An enabled trust, with the last time that it was frozen. */
export type FoundTrust = Trust & { freeze: { at: Date; liftedAt: Date | null } | null }

/**
 * What is read and written for each login, in few statements that stay prepared. Many logins share a commit; each is answered when its
 * own is durable. Everything else goes through Prisma.
 */
export type LoginStore = {
  /** @param organizationSlug the identity counts only in this organization; undefined = in any */
  identity(id: string, kind: string, organizationSlug?: string): Promise<FoundIdentity | null>
  /** Up to two enabled trusts that are found by an issuer, in an organization or project of that name where one is given. */
  issuers(
    iss: string,
    place: { organizationSlug?: string | undefined; project?: string | undefined },
  ): Promise<FoundTrust[]>
  /** @param id of an access token */
  accessToken(id: string): Promise<FoundToken | null>
  /** Writes one login. Resolves when it is durable; rejects as the database failed. */
  keep(rows: LoginRows): Promise<Kept>
  /** Notes of records that are due for their evidence logs, without some of these logs, the oldest first. */
  dueNotes(now: Date, max: number, without: readonly string[]): Promise<UnsealedRecord[]>
  /**
   * Adds entries to an evidence log. They are durable with the next commit that waits for the disk, which is before anything that builds on them: after a
   * loss of power both they and the notes are as they were before.
   */
  append(batch: LogBatch): Promise<Appended>
  /** Entries of a log after a place, up to another, in their order. What has no whole number as its place is none. */
  links(log: string, after: number, until: number, max: number): Promise<LogLink[]>
  /** Those of the records that have a text with U+0000, behind which SQLite ends it where it is read: it is not what it reads as. */
  cutRecords(table: RecordTable, ids: readonly string[]): Promise<string[]>
  /** Those of the decisions that are accepted logins of an organization; tokens that were only tried are none. */
  acceptedLogins(ids: readonly string[]): Promise<AcceptedLogin[]>
  firstUses(organizationId: string, tokens: readonly string[]): Promise<FirstUse[]>
  /** Null for a database that has none. */
  partitions: DecisionPartitions | null
  /** Connects, so that the first login need not wait for it. */
  open(): Promise<void>
  close(): Promise<void>
}

export type ColumnType = 'text' | 'timestamp' | 'int' | 'bool'

// Every column of the models is here, or it does not compile.

export const accessTokenColumns: { [Column in keyof AccessTokenRow]-?: ColumnType } = {
  ...{ id: 'text', organizationId: 'text', identityId: 'text', trustId: 'text', tokenAuthId: 'text' },
  ...{ method: 'text', name: 'text', issuedById: 'text', claims: 'text' },
  ...{ createdAt: 'timestamp', expiresAt: 'timestamp', maxExpiresAt: 'timestamp', usesMax: 'int' },
}

export const decisionColumns: { [Column in keyof DecisionRow]-?: ColumnType } = {
  ...{ id: 'text', at: 'timestamp', organizationId: 'text', identityId: 'text', identityName: 'text' },
  ...{ trustId: 'text', trustVersion: 'int', method: 'text', accepted: 'bool', checkId: 'text', reason: 'text' },
  ...{ message: 'text', issuer: 'text', subject: 'text', trace: 'text', header: 'text', claims: 'text' },
  ...{ tokenSha256: 'text', accessTokenId: 'text', ip: 'text', userAgent: 'text', repeats: 'int' },
  lastAt: 'timestamp',
}

/** What a record leaves for the evidence log. */
export const unsealedColumns: { [Column in keyof UnsealedRecord]-?: ColumnType } = {
  ...{ recordId: 'text', kind: 'text', organizationId: 'text', at: 'timestamp', digest: 'text', mac: 'text' },
  ...{ isCounted: 'bool', dueAt: 'timestamp' },
}

export const trustColumns: { [Column in keyof Trust]-?: ColumnType } = {
  ...{ id: 'text', organizationId: 'text', identityId: 'text', kind: 'text', name: 'text', enabled: 'bool' },
  ...{ version: 'int', sequence: 'text', issuer: 'text', soleIssuer: 'text', projectId: 'text', keys: 'text' },
  ...{ keyUse: 'text', algorithms: 'text', rules: 'text', lifetime: 'text', grant: 'text', options: 'text' },
  ...{ changedByKind: 'text', changedById: 'text', changedByName: 'text', changedByRole: 'text' },
  ...{ createdAt: 'timestamp', updatedAt: 'timestamp' },
}

/** How decisions are counted by day: the group that a login belongs to. */
export type DayGroup = { organizationId: string; day: string; method: string; accepted: boolean; reason: string }

export function dayGroupOf({ organizationId, at, method, accepted, reason }: DayCounted): DayGroup {
  return {
    organizationId: organizationId ?? '',
    day: dayOf(at),
    method,
    accepted,
    reason: accepted ? '' : (reason ?? 'unknown'),
  }
}

export type DayCounted = Pick<DecisionRow, 'organizationId' | 'at' | 'method' | 'accepted' | 'reason'>
