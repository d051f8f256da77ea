import { dayOf } from '@/lib/day-of'
import type { Db, Tx } from '@/lib/db/client'
import { inTransaction, isTaken } from '@/lib/db/transaction'
import { newId } from '@/lib/ids'
import { isFuture } from '@/lib/net/clock'
import type { FetchedKeys } from '@/lib/net/fetch-keys'
import { keySourceId } from '@/lib/net/key-cache'
import { jsonText } from '@/lib/trust/json/json-text'
import type { RemoteKeySource } from '@/lib/trust/policy'
import { sha256Hex } from '@/lib/trust/sha256-hex'
import { checkAlarms } from './check-sources'
import { dueColumns } from './due-columns'
import { type KeyOfSource, keyChanges } from './key-changes'
import { describeIgnored, describeKey, withoutSecrets } from './published-key'
import { type SourceEvent, sourceEvents } from './source-events'
import { isSourceNamed } from './sources-in-use'

export type FetchRecord = { source: RemoteKeySource; result: FetchedKeys; at: Date }

/** Keys of a source that are gone and still remembered. */
const goneKeysMax = 500

/**
 * Writes what a fetch came to: the state of the source, its keys, and what changed as events. A fetch that another
 * server has overtaken is counted and leaves everything else as it is, and a source that no trust names is not written at all.
 * `now` is the moment of the writing, which may come later than the fetch; without it every record is taken to be dated right.
 */
export async function recordFetch(db: Db, record: FetchRecord, now?: Date): Promise<void> {
  const id = keySourceId(record.source)
  if (!(await isSourceNamed(db, id))) return
  const keys = await describeAll(id, record.result)
  for (let attempt = 1; attempt <= 5; attempt++) {
    try {
      const written = await inTransaction({ db }, (tx) => write(tx, id, record, keys, now))
      if (written === 'eventful') await checkAlarms(db, id, now ?? record.at)
      if (written !== 'overtaken') return
    } catch (error) {
      if (!isTaken(error)) throw error
    }
  }
  throw new Error('The state of a key source was written by others five times in a row.')
}

/** Null where no key set was read. */
async function describeAll(id: string, { keySet }: FetchedKeys): Promise<KeyOfSource[] | null> {
  if (!keySet.keys) return null
  const keys = await Promise.all(keySet.keys.map(describeKey))
  const described = await Promise.all(
    [...keys, ...(keySet.ignored ?? []).map(describeIgnored)].map(async (key) => ({
      ...key,
      id: await sha256Hex(JSON.stringify([id, key.kid, key.thumbprint])),
    })),
  )
  return [...new Map(described.map((key) => [key.id, key])).values()]
}

/**
 * - `overtaken` another server wrote in between: nothing was written
 * - `quiet` the source is as it was before, but for the time of its last fetch
 */
type Written = 'overtaken' | 'quiet' | 'eventful'

async function write(
  tx: Tx,
  id: string,
  record: FetchRecord,
  keys: KeyOfSource[] | null,
  now?: Date,
): Promise<Written> {
  const { source, result, at } = record
  const before = await tx.keySourceState.findUnique({ where: { id } })
  const isFailure = result.keySet.status !== 'ok'
  // A row from the future was written by a clock that was wrong: it must not keep what is learned now from being written.
  const isWrong = before && now && isFuture(before.lastAttemptAt.getTime(), now.getTime())
  if (before && before.lastAttemptAt > at && !isWrong) {
    await countFetch(tx, id, at, isFailure)
    return 'quiet'
  }
  const data = { ...changedColumns(result, at, notAfter(at, before?.failingSince ?? null)) }
  if (before) {
    const { count } = await tx.keySourceState.updateMany({
      where: { id, version: before.version },
      data: { ...data, version: before.version + 1 },
    })
    if (count === 0) return 'overtaken'
  } else {
    const caFingerprint = source.caCert.trim() === '' ? null : await sha256Hex(source.caCert.trim())
    await tx.keySourceState.create({ data: { id, kind: source.kind, url: source.url, caFingerprint, ...data } })
  }
  await setDue(tx, id)
  await countFetch(tx, id, at, isFailure)
  const latestFailure = await tx.keySourceEvent.findFirst({
    where: { sourceId: id, kind: 'failed' },
    orderBy: { at: 'desc' },
    select: { at: true },
  })
  const events: SourceEvent[] = sourceEvents({ before, result, at, lastFailureEventAt: latestFailure?.at ?? null })
  const written = keys && (await writeKeys(tx, id, keys, at, { keepsGood: isFailure }))
  if (written && !isFailure && before?.lastSuccessAt) events.push(...written.changes)
  await tx.keySourceEvent.createMany({ data: events.map((event) => ({ id: newId(), sourceId: id, at, ...event })) })
  const isEventful = isFailure || before?.failingSince != null || events.length > 0 || written?.isOtherSet
  return isEventful ? 'eventful' : 'quiet'
}

/** Says when the background fetches the source next; where only disabled trusts name it, it does not. */
async function setDue(tx: Tx, id: string) {
  const select = { lastAttemptAt: true, failingSince: true, freshUntil: true }
  const data = dueColumns(await tx.keySourceState.findUnique({ where: { id }, select }))
  await tx.namedKeySource.updateMany({ where: { sourceId: id, dueAt: { not: null } }, data })
}

/** A timeline of every fetch would be a row every few minutes; days say as much. */
async function countFetch(tx: Tx, sourceId: string, at: Date, isFailure: boolean) {
  const day = dayOf(at)
  const failures = isFailure ? 1 : 0
  await tx.keySourceDay.upsert({
    where: { sourceId_day: { sourceId, day } },
    create: { sourceId, day, fetches: 1, failures },
    update: { fetches: { increment: 1 }, failures: { increment: failures } },
  })
}

function changedColumns(
  { keySet, latencyMs, tls, discovery, cacheSeconds }: FetchedKeys,
  at: Date,
  failingSince: Date | null,
) {
  const seen = {
    lastAttemptAt: at,
    latencyMs,
    ...(tls && { tls: jsonText(tls) }),
    ...(discovery && { discovery: jsonText(discovery) }),
  }
  if (keySet.status !== 'ok') {
    const { reason, message, fix } = keySet
    return { ...seen, lastFailureAt: at, failingSince: failingSince ?? at, reason, message, fix }
  }
  return {
    ...seen,
    lastSuccessAt: at,
    failingSince: null,
    reason: null,
    message: null,
    fix: null,
    keys: jsonText(keySet.keys.map(withoutSecrets)),
    keysFetchedAt: at,
    freshUntil: new Date(at.getTime() + cacheSeconds * 1000),
  }
}

/** A moment that was recorded, but never one after `at`. */
const notAfter = (at: Date, recorded: Date | null) => (recorded && recorded > at ? at : recorded)

/**
 * Brings the rows of the keys up to date and answers what changed.
 * @param keepsGood no key of the set is usable, so the last good ones go on serving and stay as they are
 */
async function writeKeys(
  tx: Tx,
  sourceId: string,
  published: KeyOfSource[],
  at: Date,
  { keepsGood }: { keepsGood: boolean },
) {
  const known = await tx.keySourceKey.findMany({
    where: { sourceId },
    select: { id: true, kid: true, thumbprint: true, removedAt: true },
    orderBy: { lastSeenAt: 'desc' },
  })
  const ids = published.map(({ id }) => id)
  await tx.keySourceKey.updateMany({ where: { sourceId, id: { in: ids } }, data: { lastSeenAt: at, removedAt: null } })
  const removed = await tx.keySourceKey.updateMany({
    where: { sourceId, removedAt: null, id: { notIn: ids }, ...(keepsGood && { problem: { not: null } }) },
    data: { removedAt: at },
  })
  const fresh = published.filter(({ id }) => !known.some((key) => key.id === id))
  await tx.keySourceKey.createMany({
    data: fresh.map((key) => ({ ...key, sourceId, firstSeenAt: at, lastSeenAt: at })),
  })
  const forgotten = known.filter(({ id }) => !ids.includes(id)).slice(goneKeysMax)
  if (forgotten.length > 0) {
    await tx.keySourceKey.deleteMany({ where: { id: { in: forgotten.map(({ id }) => id) } } })
  }
  const isBack = known.some(({ id, removedAt }) => removedAt !== null && ids.includes(id))
  return { changes: keyChanges(known, published), isOtherSet: fresh.length > 0 || removed.count > 0 || isBack }
}
