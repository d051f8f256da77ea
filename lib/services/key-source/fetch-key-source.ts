import { requireAccess } from '../access'
import type { Context } from '../context'
import { describe, type KeySourceDetail, requireSource } from './get-key-source'

/** Fetches a source now, whatever is cached, and answers what it came to. @throws AppError `not-found` */
export async function fetchKeySource(ctx: Context, id: string): Promise<KeySourceDetail> {
  const { organizationId } = requireAccess(ctx, 'write')
  const source = await requireSource(ctx, organizationId, id)
  await ctx.keys.refresh(source.source)
  await ctx.ledger.settled()
  return describe(ctx, source)
}
