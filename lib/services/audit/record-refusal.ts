import { inTransaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import type { Context } from '../context'
import { record } from './record'

/**
 * Records that an authenticated actor was not allowed to do something; an anonymous request is none. A refused login
 * is a decision instead.
 */
export async function recordRefusal(ctx: Context, asked: { method: string; path: string }, error: unknown) {
  if (!(error instanceof AppError) || error.kind !== 'forbidden' || ctx.actor.kind === 'anonymous') return
  const { method, path } = asked
  await inTransaction(ctx, (tx) =>
    record(tx, ctx, { action: 'access.refused', after: { method, path, message: error.message } }),
  )
}
