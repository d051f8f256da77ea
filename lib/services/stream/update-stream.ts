import { AppError } from '@/lib/errors'
import type { StreamPatch } from '@/lib/model/stream'
import { record, recordNothing } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { requireReceiver } from './require-receiver'
import { findStream, headSeqOf, type StreamView, settingsOf, streamTarget, toStream } from './stream-row'

/**
 * Changes a stream. Where it is in the log stays: another receiver gets what this one did not.
 * @throws AppError `not-found`, `invalid`, `conflict` (changed meanwhile)
 */
export async function updateStream(ctx: Context, id: string, { version, ...patch }: StreamPatch): Promise<StreamView> {
  return inOrganization(ctx, 'administer', async (tx, ctx) => {
    const before = await findStream(tx, ctx.organizationId, id)
    if (version !== undefined && version !== before.version) throw changedMeanwhile()
    requireReceiver(patch)
    const { kinds, ...rest } = patch
    const data = { ...rest, ...(kinds && { kinds: JSON.stringify(kinds) }) }
    const isSame = Object.entries(data).every(([name, value]) => Reflect.get(before, name) === value)
    if (isSame) {
      recordNothing(ctx)
      return toStream(before, await headSeqOf(tx, ctx.organizationId))
    }
    const isElsewhere = data.url !== undefined || data.caCert !== undefined
    const retry = isElsewhere && before.failures > 0 ? { nextAt: ctx.now() } : {}
    const after = await tx.stream.update({
      where: { id: before.id },
      data: { ...data, ...retry, version: before.version + 1 },
    })
    await record(tx, ctx, {
      action: 'stream.updated',
      target: streamTarget(after),
      ...{ before: await settingsOf(before), after: await settingsOf(after) },
    })
    return toStream(after, await headSeqOf(tx, ctx.organizationId))
  })
}

const changedMeanwhile = () =>
  new AppError('conflict', 'This stream was changed in the meantime. Load it again.', { reason: 'changed_meanwhile' })
