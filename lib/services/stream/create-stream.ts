import { AppError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import { type StreamInput, streamsMax } from '@/lib/model/stream'
import { record } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { requireReceiver } from './require-receiver'
import { headSeqOf, type StreamView, settingsOf, streamTarget, toStream } from './stream-row'
import { newStreamSecret, sealStreamSecret } from './stream-secret'

/**
 * Makes a stream, which begins with what happens from now on. Its secret is in this answer only.
 * @throws AppError `invalid` (URL, certificate), `rule` (too many)
 */
export async function createStream(ctx: Context, input: StreamInput): Promise<StreamView & { secret: string }> {
  return inOrganization(ctx, 'administer', async (tx, ctx) => {
    const { organizationId } = ctx
    requireReceiver(input)
    const order = [{ createdAt: 'asc' as const }, { id: 'asc' as const }]
    const count = await tx.stream.count({ where: { organizationId }, orderBy: order, take: streamsMax })
    if (count >= streamsMax)
      throw new AppError('rule', `An organization can have at most ${streamsMax} streams. Remove one first.`)
    const secret = newStreamSecret()
    const now = ctx.now()
    const seq = await headSeqOf(tx, organizationId)
    const row = await tx.stream.create({
      data: {
        ...{ ...input, id: newId(), organizationId, kinds: JSON.stringify(input.kinds), seq, nextAt: now },
        ...{ secret: await sealStreamSecret(secret, now), createdAt: now },
        createdByName: 'name' in ctx.actor ? ctx.actor.name : null,
      },
    })
    await record(tx, ctx, { action: 'stream.created', target: streamTarget(row), after: await settingsOf(row) })
    return { ...toStream(row, seq), secret }
  })
}
