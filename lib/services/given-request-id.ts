import { requestIdInto } from '@/lib/ids'
import type { Acting } from './context'

const given = new WeakSet<Acting>()

/**
 * Gives a request that was counted into a row an id that leads there, to be answered to its caller. Where two records of
 * one request are counted into rows, the first one gives the id.
 */
export function giveRequestId(ctx: Acting, rowId: string): void {
  if (given.has(ctx)) return
  given.add(ctx)
  ctx.requestId = requestIdInto(rowId)
}
