import type { Db } from '@/lib/db/client'
import { groupRefusals } from './group-refusals'
import { noteChanges } from './note-changes'
import { recountRefusals } from './recount-refusals'

type Pacing = {
  /** Asked before every batch; false ends the work for now. */
  mayGoOn: () => Promise<boolean>
  /** Waits after a batch that took so many milliseconds, so that logins go first. */
  pause: (batchMs: number) => Promise<void>
}

/** Tries of a batch in a row that others were quicker than; the next round goes on. */
const overtakenMax = 20

/**
 * Counts every refusal that is in an evidence log in its incident, log by log, in batches. A log that cannot be read keeps no other waiting.
 * @throws what was thrown first, after the other logs
 */
export async function keepIncidents(deps: { db: Db; now: () => Date }, pacing: Pacing): Promise<void> {
  const { db, now } = deps
  const logs = await db.chainHead.findMany({ select: { organizationId: true, seq: true } })
  const cursors = new Map((await db.incidentCursor.findMany()).map((one) => [one.organizationId, one.seq]))
  const failures: unknown[] = []
  const each = (batch: () => Promise<Batch>) =>
    inBatches(batch, pacing).catch((failure: unknown) => void failures.push(failure))
  for (const { organizationId: log, seq } of logs) {
    if (seq !== (cursors.get(log) ?? 0)) await each(() => groupRefusals(db, log, now()))
    await each(() => recountRefusals(db, log, now()))
  }
  await each(() => noteChanges(db, now()))
  if (failures.length > 0) throw failures[0]
}

type Batch = { isDone: boolean; isWritten?: boolean }

async function inBatches(batch: () => Promise<Batch>, { mayGoOn, pause }: Pacing) {
  for (let overtaken = 0; overtaken < overtakenMax && (await mayGoOn()); ) {
    const startedMs = performance.now()
    const { isDone, isWritten = true } = await batch()
    if (isDone) return
    overtaken = isWritten ? 0 : overtaken + 1
    await pause(performance.now() - startedMs)
  }
}
