import { inTransaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import type { Context } from '../context'
import { record } from './record'

/**
 * Keeps that somebody who is known was not allowed to do something; what nobody asked for is no refusal. A refused login
 * is a decision instead.
 */
export async function recordRefusal(ctx: Context, asked: { method: string; path: string }, error: unknown) {
  if (!(error instanceof AppError) || error.kind !== 'forbidden' || ctx.actor.kind === 'anonymous') return
  const { method, path } = asked
  await inTransaction(ctx, (tx) =>
    record(tx, ctx, { action: 'access.refused', after: { method, path, message: error.message } }),
  )
}
