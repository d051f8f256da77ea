import type { Db, Tx } from '@/lib/db/client'
import { inTransaction } from '@/lib/db/transaction'
import { deliveriesKept, failingHoursMax, type PauseReason } from '@/lib/model/stream'
import type { Posted, PostRequest } from '@/lib/net/guarded-post'
import { jsonText } from '@/lib/trust/json/json-text'
import { record } from '../audit/record'
import { systemActing } from '../context'
import {
  afterDelivered,
  entriesAtOnce,
  type Message,
  messageOf,
  numberedEvents,
  type Pending,
  pendingFor,
  pendingOf,
} from './pending'
import { eventsAt, type ReadEvents, readEvents } from './read-events'
import { batchMaxOf, kindsOf, type StreamRow, streamTarget, troubleOf } from './stream-row'
import { signatureHeaders, signingSecrets } from './stream-secret'

export type Delivering = { db: Db; now: () => Date; post: (request: PostRequest) => Promise<Posted> }

/** After so many failures in a row the next request waits so many seconds; the last holds for all further ones. */
const waitSeconds = [5, 15, 60, 300, 900, 1_800, 3_600]
/** Failures that are counted: more than fit into 72 hours. */
const failuresMax = 1_000

/**
 * Sends what comes next in a stream, request by request, until it has caught up, one fails or it is paused. What a request holds is stored before it is
 * sent. An event counts as delivered when the receiver answered 2xx and that is stored: after a crash in between the same request is sent again.
 */
export async function deliverStream(deps: Delivering, id: string, mayGoOn: () => Promise<boolean>): Promise<void> {
  while (await mayGoOn()) {
    const stored = await deps.db.stream.findUnique({ where: { id } })
    if (!stored || stored.pausedAt || stored.nextAt > deps.now()) return
    if (troubleOf(stored) !== null) return
    const row = { ...stored, batchMax: batchMaxOf(stored) }
    const pending = pendingOf(row)
    if (!pending) {
      if (await prepare(deps, row, mayGoOn)) continue
      return
    }
    const entries = entriesAtOnce(pending, row)
    const events = numberedEvents(pending, await eventsAt(deps.db, row.organizationId, entries))
    const at = deps.now()
    const message = await messageOf(events, row)
    const posted = events.length > 0 ? await postMessage(deps, row, message) : nothingLeft
    const outcome = { pending, entries, events: events.length, message, posted, at, now: deps.now() }
    const isWritten = await inTransaction(deps, (tx) => writeOutcome(tx, row, outcome))
    if (!isWritten || !posted.ok) return
  }
}

/** Stores what the next request holds, or that there is nothing to send. @returns whether there is a request, or may be one */
async function prepare({ db }: Delivering, row: StreamRow, mayGoOn: () => Promise<boolean>): Promise<boolean> {
  const { id, seq, numbered } = row
  // Numbers go up with each request that is prepared. One that is stored but cannot be read is replaced, and leaves a hole.
  const where = { id, seq, numbered, pausedAt: null }
  const found = await nextEvents(db, row, mayGoOn)
  if (found.events.length === 0) {
    if (found.seq > seq) await db.stream.updateMany({ where, data: { seq: found.seq } })
    return false
  }
  const pending = pendingFor(row, found)
  const data = { pending: jsonText(pending), numbered: numbered + pending.entries.length }
  await db.stream.updateMany({ where, data })
  // Where another server was first, its request is sent.
  return true
}

/** Reads on until something matches, so that a stream of few events does not write its place after every few entries. */
async function nextEvents(db: Db, row: StreamRow, mayGoOn: () => Promise<boolean>): Promise<ReadEvents> {
  const asked = { log: row.organizationId, kinds: new Set(kindsOf(row)), limit: row.batchMax }
  let found = await readEvents(db, { ...asked, after: row.seq })
  while (found.events.length === 0 && !found.isEnd && (await mayGoOn()))
    found = await readEvents(db, { ...asked, after: found.seq, isSearch: true })
  return found
}

/** Entries are kept for good; where someone removed them from the database, the stream goes on. */
const nothingLeft: Posted = {
  ...{ ok: true, status: null, latencyMs: 0, answer: null, retryAfterSeconds: null },
  message: 'Nothing was sent: these entries of the evidence log cannot be read.',
}

/** Signs a message and sends it. */
export async function postMessage(
  { now, post }: Delivering,
  { url, caCert, secret }: StreamRow,
  { id, body, type }: Message,
): Promise<Posted> {
  const at = now()
  const secrets = await signingSecrets(secret, at)
  if (!secrets) return unsigned
  const headers = { 'content-type': `${type}; charset=utf-8`, ...(await signatureHeaders(secrets, { id, at, body })) }
  return post({ url, caCert, headers, body })
}

const unsigned: Posted = {
  ...{ ok: false, status: null, latencyMs: 0, answer: null, retryAfterSeconds: null },
  message: 'The secret of this stream cannot be opened with KEYBOUND_SECRET: renew it.',
}

type Outcome = {
  pending: Pending
  entries: number[]
  events: number
  message: Message
  posted: Posted
  at: Date
  now: Date
}

/** @returns whether it was written; not where the stream was removed, resumed elsewhere, or sent by another server meanwhile */
async function writeOutcome(tx: Tx, row: StreamRow, outcome: Outcome): Promise<boolean> {
  const { pending, entries, events, message, posted, at, now } = outcome
  const failures = posted.ok ? 0 : Math.min(Math.max(0, row.failures), failuresMax) + 1
  const failingSince = posted.ok ? null : (row.failingSince ?? at)
  const pausing = posted.ok ? null : pauseReason(posted, failingSince ?? at, now)
  const left = posted.ok ? afterDelivered(pending, entries.length) : afterFailure(pending, entries.length, posted)
  const [written] = await tx.stream.updateManyAndReturn({
    // A failure that another server has stored, or a person has answered by trying again, is not counted twice.
    where: { id: row.id, pending: row.pending, ...(posted.ok ? {} : { nextAt: { lte: at } }) },
    data: {
      ...{ attempts: { increment: 1 }, failures, failingSince, pending: left && jsonText(left) },
      ...(posted.ok
        ? { seq: left ? entries.at(-1) : pending.seq, sent: { increment: events } }
        : { lastFailure: posted.message, nextAt: nextTry(failures, posted, now) }),
      ...(posted.ok && { lastDeliveredAt: now, lastFailure: null, nextAt: now }),
    },
  })
  if (!written) return false
  const [firstSeq, lastSeq] = [entries[0] ?? null, entries.at(-1) ?? null]
  await writeDelivery(tx, written, { kind: 'events', messageId: message.id, firstSeq, lastSeq, events, at, posted })
  if (pausing) await pause(tx, row, pausing, now)
  return true
}

/** The same again; half as many after 413 (Content Too Large), with their numbers. */
const afterFailure = (pending: Pending, count: number, { status }: Posted): Pending =>
  status === 413 ? { ...pending, take: Math.max(1, Math.floor(count / 2)) } : pending

type DeliveryFacts = {
  kind: 'events' | 'test'
  messageId: string
  firstSeq: number | null
  lastSeq: number | null
  events: number
  at: Date
  posted: Posted
}

/** Puts a request on the list of a stream, whose number of requests has just been raised by one, and drops old ones. */
export async function writeDelivery(
  tx: Tx,
  { id: streamId, attempts: number }: Pick<StreamRow, 'id' | 'attempts'>,
  { posted, ...facts }: DeliveryFacts,
): Promise<void> {
  const { ok, status, message, latencyMs, answer } = posted
  await tx.streamDelivery.create({
    data: { ...facts, streamId, number, ok, status, message, latencyMs, answer },
  })
  await tx.streamDelivery.deleteMany({ where: { streamId, number: { lte: number - deliveriesKept } } })
}

function nextTry(failures: number, { retryAfterSeconds }: Posted, now: Date): Date {
  const seconds = waitSeconds[Math.min(failures, waitSeconds.length) - 1] ?? 0
  return new Date(now.getTime() + Math.max(seconds, retryAfterSeconds ?? 0) * 1000)
}

/** Standard Webhooks: a receiver that answers 410 wants nothing more. */
function pauseReason({ status }: Posted, since: Date, now: Date): PauseReason | null {
  if (status === 410) return 'gone'
  return now.getTime() - since.getTime() >= failingHoursMax * 3_600_000 ? 'failing' : null
}

async function pause(tx: Tx, row: StreamRow, reason: PauseReason, now: Date): Promise<void> {
  const where = { id: row.id, pausedAt: null }
  const data = { pausedAt: now, pausedReason: reason, pausedByName: null, version: { increment: 1 } }
  const { count } = await tx.stream.updateMany({ where, data })
  if (count !== 1) return
  const acting = { ...systemActing('Streams', now), organizationId: row.organizationId }
  await record(tx, acting, { action: 'stream.paused', target: streamTarget(row), after: { reason } })
}
