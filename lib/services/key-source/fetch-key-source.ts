import { inTransaction } from '@/lib/db/transaction'
import { requireAccess } from '../access'
import { record } from '../audit/record'
import type { Context } from '../context'
import { describe, type KeySourceDetail, requireSource } from './get-key-source'

/** Fetches a source now, whatever is cached, and answers what it came to. @throws AppError `not-found` */
export async function fetchKeySource(ctx: Context, id: string): Promise<KeySourceDetail> {
  const { organizationId } = requireAccess(ctx, 'write')
  const source = await requireSource(ctx, organizationId, id)
  // Before the fetch: the request for it is on record whatever its result.
  await inTransaction(ctx, (tx) =>
    record(tx, ctx, { action: 'key-source.fetched', target: { kind: 'key-source', id, name: source.source.url } }),
  )
  await ctx.keys.refresh(source.source)
  await ctx.keySourceRecorder.settled()
  return describe(ctx, source)
}
