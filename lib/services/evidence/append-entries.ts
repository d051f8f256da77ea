import type { Db, Tx } from '@/lib/db/client'
import type { FlatObject } from '@/lib/db/evidence/canonical-json'
import { isProof, partsOfHead, proofOf } from '@/lib/db/evidence/proof'
import { type Link, nextLink, originHash } from '@/lib/db/evidence/record-digest'
import type { LogBatch } from '@/lib/db/login-store/log-rows'
import { loginStoreOf } from '@/lib/db/login-store/stores'
import { inTransaction, isTaken } from '@/lib/db/transaction'
import type { NewEntry } from '@/lib/model/evidence'
import { areAllAdopted } from './adoption'
import { lastEntry } from './read-links'

type Place = { seq: number; hash: string }

type Appending = {
  /** Of the organization; empty for records of none. */
  log: string
  now: Date
  /** Made when the last link is known; nothing is written where it answers null. */
  entries: (last: Place) => Promise<NewEntry[] | null> | NewEntry[] | null
  /** What is durable together with the entries. */
  together?: (tx: Tx) => Promise<void>
  /** Notes that are worked off with the entries, and those that follow: written without Prisma, for there is one for each login. */
  notes?: Pick<LogBatch, 'done' | 'following'>
}

/**
 * Adds entries to a log. Everything but the writing happens before the transaction, which is therefore short; where another process was
 * quicker, nothing is written and it is tried again. A head that Keybound did not write, or that cannot be read, is put on record and replaced: the log goes
 * on after its last entry.
 * @returns whether something was written; not where a note is gone, because another process has worked it off
 */
export async function appendEntries(db: Db, { log, now, entries, together, notes }: Appending): Promise<boolean> {
  let [before, unmoved]: [string, number] = ['', 0]
  for (let attempt = 1; attempt <= triesMax; attempt++) {
    const { head: found, last, hasStored } = await endOf(db, log)
    const end = JSON.stringify(found)
    unmoved = end === before ? unmoved + 1 : 0
    before = end
    // What SQLite reads as the head, but finds no row by, is not what Keybound wrote.
    const head = unmoved < unmovedMax ? found : null
    const links = linksAfter(head ?? last ?? { seq: 0, hash: originHash(log) })
    const at = now.toISOString()
    if (!head && (hasStored || last)) links.add({ kind: 'head-changed', at })
    else if (!head)
      links.add({ kind: 'began', at, ...(log !== '' && (await areAllAdopted(db)) && { isComplete: true }) })
    const wanted = await entries(links.last())
    if (wanted === null) return false
    for (const entry of wanted) links.add(entry)
    if (notes) {
      const next = { ...links.last(), sealedAt: now, mac: macOf(log, links.last()) }
      const batch = { log, head, replacesHead: head === null && hasStored, next, entries: links.added }
      const appended = await loginStoreOf(db).append({ ...batch, ...notes })
      if (appended !== 'overtaken') return appended === 'written'
      continue
    }
    try {
      await inTransaction({ db }, async (tx) => {
        if (!head && hasStored) await tx.chainHead.deleteMany({ where: { organizationId: log } })
        await write(tx, log, head, links.added, now)
        await together?.(tx)
      })
      return true
    } catch (error) {
      if (!(error instanceof Overtaken) && !isTaken(error)) throw error
    }
  }
  throw new Error(`An evidence log was written by others ${triesMax} times in a row.`)
}

/**
 * How far ahead entries that were added by hand are looked for. Those further on are named by verification, and are not gone on from: the places after
 * them may be too few.
 */
const nearMax = 1_000_000

/** Where a log ends: its head if Keybound wrote it and the places after it are free, otherwise the last entry. */
async function endOf(db: Db, log: string) {
  // In this order: an entry beyond the head was added by hand.
  const last = await lastEntry(db, log)
  const stored = await db.chainHead.findUnique({ where: { organizationId: log } })
  const isOwn = stored !== null && isProof(stored.mac, partsOfHead(stored))
  const isSound = isOwn && (stored.seq >= (last?.seq ?? 0) || !(await hasEntriesAfter(db, log, stored.seq)))
  return { head: isSound ? stored : null, last, hasStored: stored !== null }
}

async function hasEntriesAfter(db: Db, log: string, seq: number): Promise<boolean> {
  const where = { organizationId: log, seq: { gt: seq, lte: seq + nearMax } }
  return (await db.chainEntry.findFirst({ where, select: { seq: true } })) !== null
}

/** Where another process was quicker, the head has moved. */
const unmovedMax = 5

/** Each failed try is another process's success; two that go on without a pause lose every second one. */
const triesMax = 30

/** Another process has added entries since the head was read; nothing was written. */
class Overtaken extends Error {}

type Added = Link & { recordId: string }

function linksAfter(place: Place) {
  const added: Added[] = []
  const last = () => added.at(-1) ?? place
  return {
    added,
    last,
    add: (entry: NewEntry) => void added.push({ ...nextLink(last(), entry as FlatObject), recordId: lookUpId(entry) }),
  }
}

/** What an entry is looked up by. */
export function lookUpId(entry: NewEntry): string {
  if (entry.kind === 'count') return `count:${entry.id}`
  if (entry.kind === 'removed') return `removed:${entry.of}`
  return 'id' in entry ? entry.id : entry.kind
}

const macOf = (log: string, { seq, hash }: Place) => proofOf(partsOfHead({ organizationId: log, seq, hash }))

type Head = Place & { mac: string }

async function write(tx: Tx, log: string, head: Head | null, added: readonly Added[], now: Date): Promise<void> {
  const last = added.at(-1)
  if (!last) return
  const { seq, hash } = last
  const checkpoint = added.findLast(({ recordId }) => recordId === 'checkpoint')
  const set = {
    ...{ seq, hash, sealedAt: now, mac: macOf(log, last) },
    ...(checkpoint ? { checkpointSeq: checkpoint.seq, checkpointAt: now } : {}),
  }
  if (head) {
    const where = { organizationId: log, seq: head.seq, hash: head.hash, mac: head.mac }
    const { count } = await tx.chainHead.updateMany({ where, data: set })
    if (count !== 1) throw new Overtaken()
  } else {
    await tx.chainHead.create({ data: { organizationId: log, ...set } })
  }
  await tx.chainEntry.createMany({ data: added.map((link) => ({ organizationId: log, ...link })) })
}
