import type { Db } from '@/lib/db/client'
import { inTransaction } from '@/lib/db/transaction'
import { holdOrganization } from '../in-organization'
import { acquireLease, releaseLease } from '../lease'
import { writeKeySources } from './write-key-sources'

/*
 * Writes missing key sources of trusts: those that were there before there was a table of them, and those that a
 * server of an older version changes while this one runs beside it. Trusts are read in the order of their changes, each once.
 */

const batchRows = 200
/** Batches of one round of the background work. */
const roundBatches = 25
/** A change is looked at when every transaction that may have been under way has ended, and clocks may differ by that much. */
const settledSeconds = 120
const leaseSeconds = 60
const waitMs = 500

const rowId = 'trusts'

type Place = { updatedAt: Date; trustId: string }
const start: Place = { updatedAt: new Date(0), trustId: '' }

type Filling = { db: Db; holder: string; now?: () => Date; wait?: (ms: number) => Promise<unknown> }

/**
 * Writes the key sources of every trust, once for a database, batch by batch: a start that was interrupted goes on where it stopped.
 * Of several servers that start at once one does it, and the others wait.
 */
export async function fillKeySources({ db, holder, now = () => new Date(), wait = sleep }: Filling): Promise<void> {
  const lease = { name: 'key-source-fill', holder }
  for (;;) {
    const place = await db.keySourceSweep.findUnique({ where: { id: rowId } })
    if (place?.isFilled) return
    if (!(await acquireLease(db, { ...lease, now: now(), seconds: leaseSeconds }))) {
      await wait(waitMs)
      continue
    }
    const last = await sweepBatch(db, place ?? start, null)
    const isFilled = last === null
    await keepPlace(db, isFilled ? settled(place ?? start, now()) : last, isFilled)
    if (isFilled) return releaseLease(db, lease)
  }
}

/** Writes the key sources of trusts that were changed since the last round; for the server that holds the lease of the background work. */
export async function sweepTrusts(db: Db, now: Date, isStopped: () => boolean = () => false): Promise<void> {
  const kept = await db.keySourceSweep.findUnique({ where: { id: rowId } })
  if (!kept?.isFilled) return
  let place = settled(kept, now)
  for (let batch = 0; batch < roundBatches && !isStopped(); batch++) {
    const last = await sweepBatch(db, place, settledBefore(now))
    if (!last) return
    place = last
    await keepPlace(db, place, true)
  }
}

const settledBefore = (now: Date) => new Date(now.getTime() - settledSeconds * 1000)

/** A place from which no change is missed: rows may be dated by a clock that ran ahead. */
const settled = (place: Place, now: Date): Place =>
  place.updatedAt > settledBefore(now) ? { updatedAt: settledBefore(now), trustId: '' } : place

/** Answers the place of the last trust it read, null when there was none. */
async function sweepBatch(db: Db, { updatedAt, trustId }: Place, until: Date | null): Promise<Place | null> {
  const read = (where: object, take: number) =>
    db.trust.findMany({
      where,
      select: { id: true, organizationId: true, updatedAt: true },
      orderBy: [{ updatedAt: 'asc' }, { id: 'asc' }],
      take,
    })
  // Two ranges of the index: many trusts may have been changed in one moment.
  const same = await read({ updatedAt, id: { gt: trustId } }, batchRows)
  const left = batchRows - same.length
  const rows = [
    ...same,
    ...(left > 0 ? await read({ updatedAt: { gt: updatedAt, ...(until && { lte: until }) } }, left) : []),
  ]
  for (const organizationId of new Set(rows.map((row) => row.organizationId))) {
    const ids = rows.filter((row) => row.organizationId === organizationId).map(({ id }) => id)
    await inTransaction({ db }, async (tx) => {
      await holdOrganization(tx, organizationId)
      // Read again: a change that was made in between has written its own.
      await writeKeySources(
        tx,
        await tx.trust.findMany({ where: { id: { in: ids }, organizationId }, select: columns }),
      )
    })
  }
  const last = rows.at(-1)
  return last ? { updatedAt: last.updatedAt, trustId: last.id } : null
}

const columns = { id: true, organizationId: true, name: true, enabled: true, issuer: true, keys: true } as const

async function keepPlace(db: Db, { updatedAt, trustId }: Place, isFilled: boolean) {
  const place = { updatedAt, trustId, isFilled }
  await db.keySourceSweep.upsert({ where: { id: rowId }, create: { id: rowId, ...place }, update: place })
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
