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

/** Counts every refusal that is in an evidence log in its incident, log by log, in batches. */
export async function keepIncidents(deps: { db: Db; now: () => Date }, pacing: Pacing): Promise<void> {
  const { db, now } = deps
  const logs = await db.chainHead.findMany({ select: { organizationId: true, seq: true } })
  const cursors = new Map((await db.incidentCursor.findMany()).map((one) => [one.organizationId, one.seq]))
  for (const { organizationId: log, seq } of logs) {
    if (seq > (cursors.get(log) ?? 0)) await inBatches(() => groupRefusals(db, log, now()), pacing)
    await inBatches(() => recountRefusals(db, log, now()), pacing)
  }
  await inBatches(() => noteChanges(db, now()), pacing)
}

async function inBatches(batch: () => Promise<{ isDone: boolean }>, { mayGoOn, pause }: Pacing) {
  while (await mayGoOn()) {
    const startedMs = performance.now()
    if ((await batch()).isDone) return
    await pause(performance.now() - startedMs)
  }
}
