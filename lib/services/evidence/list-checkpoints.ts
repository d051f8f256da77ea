import { z } from 'zod'
import type { Db } from '@/lib/db/client'
import { storedOrNull } from '@/lib/db/stored-json'
import { LogEntry } from '@/lib/model/evidence'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { readHead } from './read-links'

/** A checkpoint: `jws` signs the entry before it. */
export type Checkpoint = { seq: number; at: string; jws: string }

/** Whose log: the organization's, or the one of records that belong to no organization (attempts at unknown identities). */
export const LogOwner = z.enum(['organization', 'none']).default('organization')

export const CheckpointsQuery = z.strictObject({
  owner: LogOwner,
  /** Only those before that entry. */
  before: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** The log that an actor may read. */
export function logOf(ctx: Context, owner: z.output<typeof LogOwner>): string {
  const { organizationId } = requireAccess(ctx, 'read')
  return owner === 'none' ? '' : organizationId
}

/** Checkpoints of a log, newest first. */
export async function listCheckpoints(ctx: Context, query: z.input<typeof CheckpointsQuery>) {
  const { owner, before, limit } = CheckpointsQuery.parse(query)
  const log = logOf(ctx, owner)
  const found = await checkpoints(ctx.db, log, limit + 1, before ?? (await endOf(ctx.db, log)))
  const last = found[limit - 1]
  return { checkpoints: found.slice(0, limit), next: found.length > limit && last ? last.seq : null }
}

export const lastCheckpoint = async (db: Db, log: string) =>
  (await checkpoints(db, log, 1, await endOf(db, log)))[0] ?? null

/** The place after the last entry: one that was put there by hand is no checkpoint. */
const endOf = async (db: Db, log: string) => ((await readHead(db, log))?.seq ?? 0) + 1

async function checkpoints(db: Db, log: string, take: number, before: number): Promise<Checkpoint[]> {
  const rows = await db.chainEntry.findMany({
    where: { organizationId: log, recordId: 'checkpoint', seq: { gte: 1, lt: before } },
    orderBy: [{ organizationId: 'desc' }, { recordId: 'desc' }, { seq: 'desc' }],
    take,
  })
  return rows.flatMap(({ seq, entry }) => {
    const read = storedOrNull(entry, LogEntry)
    return read?.kind === 'checkpoint' ? [{ seq, at: read.at, jws: read.jws }] : []
  })
}
