import type { z } from 'zod'
import type { StreamResumption } from '@/lib/model/stream'
import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { findStream, headSeqOf, type StreamView, streamTarget, toStream } from './stream-row'

/** Sends nothing more until the stream is resumed; what happens meanwhile waits. @throws AppError `not-found` */
export async function pauseStream(ctx: Context, id: string): Promise<StreamView> {
  return inOrganization(ctx, 'administer', async (tx, ctx) => {
    const before = await findStream(tx, ctx.organizationId, id)
    if (before.pausedAt) {
      recordNothing(ctx)
      return toStream(before, await headSeqOf(tx, ctx.organizationId))
    }
    const pausedByName = 'name' in ctx.actor ? ctx.actor.name : null
    const data = { pausedAt: ctx.now(), pausedReason: 'by-hand', pausedByName, version: before.version + 1 }
    const after = await tx.stream.update({ where: { id: before.id }, data })
    await record(tx, ctx, { action: 'stream.paused', target: streamTarget(after), after: { reason: 'by-hand' } })
    return toStream(after, await headSeqOf(tx, ctx.organizationId))
  })
}

/**
 * Goes on sending at once: with the first event that was not delivered, or with what happens from now on. Also tries a failing stream again before its time.
 * @throws AppError `not-found`
 */
export async function resumeStream(
  ctx: Context,
  id: string,
  { from }: z.output<typeof StreamResumption>,
): Promise<StreamView> {
  return inOrganization(ctx, 'administer', async (tx, ctx) => {
    const before = await findStream(tx, ctx.organizationId, id)
    const head = await headSeqOf(tx, ctx.organizationId)
    const isSkipping = from === 'now' && before.seq < head
    if (!before.pausedAt && before.failures === 0 && !isSkipping) {
      recordNothing(ctx)
      return toStream(before, head)
    }
    const after = await tx.stream.update({
      where: { id: before.id },
      data: {
        ...{ pausedAt: null, pausedReason: null, pausedByName: null, version: before.version + 1 },
        ...{ failures: 0, failingSince: null, nextAt: ctx.now() },
        // Numbers that were kept for events that are left out are not given again: `numbered` stays.
        ...(isSkipping && { seq: head, pending: null }),
      },
    })
    await record(tx, ctx, {
      action: 'stream.resumed',
      target: streamTarget(after),
      after: isSkipping ? { from, leftOut: { after: before.seq, upTo: head } } : { from },
    })
    return toStream(after, await headSeqOf(tx, ctx.organizationId))
  })
}
