import { record } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { findStream, streamTarget } from './stream-row'
import { newStreamSecret, sealStreamSecret } from './stream-secret'

/**
 * Gives a stream another secret, which is in this answer only. The former one signs beside it for a day, so that the receiver can be changed meanwhile.
 * @throws AppError `not-found`
 */
export async function renewStreamSecret(ctx: Context, id: string): Promise<{ secret: string }> {
  return inOrganization(ctx, 'administer', async (tx, ctx) => {
    const row = await findStream(tx, ctx.organizationId, id)
    const secret = newStreamSecret()
    const sealed = await sealStreamSecret(secret, ctx.now(), row.secret)
    await tx.stream.update({ where: { id: row.id }, data: { secret: sealed, version: row.version + 1 } })
    await record(tx, ctx, { action: 'stream.secret-renewed', target: streamTarget(row) })
    return { secret }
  })
}
