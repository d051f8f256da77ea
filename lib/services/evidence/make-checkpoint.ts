import type { Db } from '@/lib/db/client'
import { signCheckpoint } from '@/lib/db/evidence/checkpoint-signature'
import { requireAccess } from '../access'
import { record } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { appendEntries } from './append-entries'
import { evidenceKey } from './evidence-key'
import { type Checkpoint, lastCheckpoint } from './list-checkpoints'

const dayMs = 86_400_000

/** Signs the last entry of a log; the checkpoint is the next entry. */
export async function addCheckpoint(db: Db, log: string, now: Date): Promise<void> {
  const { publicJwk, privateJwk } = await evidenceKey(db, now)
  const at = now.toISOString()
  await appendEntries(db, {
    log,
    now,
    entries: ({ seq, hash }) => [
      { kind: 'checkpoint', at, jws: signCheckpoint({ log, seq, hash, at }, publicJwk.kid, privateJwk) },
    ],
  })
}

/**
 * Makes the checkpoint of the day in every log that has grown since the last one. When that was is read in the log: the row of its head can be changed
 * without a trace.
 * @throws what was thrown first, after the other logs have theirs
 */
export async function addDailyCheckpoints(db: Db, now: Date): Promise<void> {
  const dayAgo = new Date(now.getTime() - dayMs)
  const failures: unknown[] = []
  for (const { organizationId, seq } of await db.chainHead.findMany({ select: { organizationId: true, seq: true } })) {
    try {
      const last = await lastCheckpoint(db, organizationId)
      if (last !== null && (last.seq >= seq || new Date(last.at) > dayAgo)) continue
      await addCheckpoint(db, organizationId, now)
    } catch (failure) {
      failures.push(failure)
    }
  }
  if (failures.length > 0) throw failures[0]
}

/** Makes a checkpoint of the organization's log now, and puts that on record. */
export async function makeCheckpoint(ctx: Context): Promise<Checkpoint> {
  const { organizationId } = requireAccess(ctx, 'read')
  await inOrganization(ctx, 'read', (tx, ctx) => record(tx, ctx, { action: 'log.checkpointed' }))
  await addCheckpoint(ctx.db, organizationId, ctx.now())
  const made = await lastCheckpoint(ctx.db, organizationId)
  if (!made) throw new Error('A checkpoint that was made is not in the log.')
  return made
}
