import { inTransaction } from '@/lib/db/transaction'
import { newId } from '@/lib/ids'
import { guardedPost } from '@/lib/net/guarded-post'
import { jsonText } from '@/lib/trust/json/json-text'
import { requireActor } from '../access'
import { attempts } from '../attempts'
import { record } from '../audit/record'
import type { Context } from '../context'
import { inOrganization } from '../in-organization'
import { postMessage, writeDelivery } from './deliver'
import { allowedReceivers } from './require-receiver'
import { findStream, streamTarget } from './stream-row'

const tests = attempts('test events sent by you', { name: 'stream-test', points: 20, seconds: 600 })

/**
 * Sends one made-up event to the receiver of a stream, also of a paused one, and answers what became of it. It is not tried again and changes nothing
 * of the stream but its list of requests.
 * @throws AppError `not-found`, `too-many`
 */
export async function testStream(ctx: Context, streamId: string) {
  await tests.count(requireActor(ctx).id)
  const row = await inOrganization(ctx, 'administer', async (tx, ctx) => {
    const found = await findStream(tx, ctx.organizationId, streamId)
    await record(tx, ctx, { action: 'stream.tested', target: streamTarget(found) })
    return found
  })
  const at = ctx.now()
  const id = `test-${newId()}`
  const event = {
    ...{ specversion: '1.0', id, source: `urn:uuid:${row.organizationId}`, type: 'keybound.stream.tested' },
    ...{ subject: row.id, time: at.toISOString(), datacontenttype: 'application/json' },
    data: { stream: { id: row.id, name: row.name } },
  }
  const isList = row.batchMax > 1
  const message = {
    ...{ id, body: jsonText(isList ? [event] : event) },
    type: isList ? 'application/cloudevents-batch+json' : 'application/cloudevents+json',
  }
  const post = (request: Parameters<typeof guardedPost>[0]) => guardedPost(request, { allowed: allowedReceivers() })
  const posted = await postMessage({ db: ctx.db, now: ctx.now, post }, row, message)
  await inTransaction(ctx, async (tx) => {
    const [now] = await tx.stream.updateManyAndReturn({ where: { id: row.id }, data: { attempts: { increment: 1 } } })
    // It was removed meanwhile.
    if (!now) return
    const facts = { kind: 'test' as const, messageId: id, firstSeq: null, lastSeq: null, events: 1, at, posted }
    await writeDelivery(tx, now, facts)
  })
  const { ok, status, message: text, latencyMs, answer } = posted
  return { ok, status, message: text, latencyMs, answer }
}
