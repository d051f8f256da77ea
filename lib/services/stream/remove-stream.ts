import { record } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { findStream, settingsOf, streamTarget } from './stream-row'

/** Removes a stream with its deliveries; a request under way may still arrive. @throws AppError `not-found` */
export async function removeStream(ctx: Context, id: string): Promise<void> {
  return inOrganization(ctx, 'administer', async (tx, ctx) => {
    const row = await findStream(tx, ctx.organizationId, id)
    await tx.stream.delete({ where: { id: row.id } })
    await record(tx, ctx, { action: 'stream.removed', target: streamTarget(row), before: await settingsOf(row) })
  })
}
