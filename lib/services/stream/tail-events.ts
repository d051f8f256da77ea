import { z } from 'zod'
import { StreamKind } from '@/lib/model/stream'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { readEvents, type StreamEvent } from './read-events'
import { headSeqOf } from './stream-row'

const kindNames = StreamKind.options.join('|')

export const TailQuery = z.strictObject({
  after: z.coerce.number().int().min(0).max(2_147_483_647).optional().meta({
    description:
      'The `cursor` of the previous answer, or `data.log.seq` of an event; 0: from the beginning. Without it, only the current position is returned.',
  }),
  kinds: z
    .string()
    .regex(
      new RegExp(`^(${kindNames})(,(${kindNames})){0,9}$`),
      `Give one or more of ${StreamKind.options.join(', ')}, separated by commas.`,
    )
    .optional()
    .meta({ description: 'Separated by commas; all without it.' }),
  limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
})
type TailQuery = z.output<typeof TailQuery>

/** Events in memory at a time. */
const batchEvents = 100

/** A line of the answer: an event, or at its end where to go on. */
export type TailLine = StreamEvent | { cursor: number; isEnd: boolean }

/** Events of the organization after a place in its evidence log up to where that ends now, oldest first, and the place where to go on. */
export function tailEvents(ctx: Context, query: z.input<typeof TailQuery>): AsyncGenerator<TailLine> {
  const { organizationId } = requireAccess(ctx, 'read')
  return linesOf(ctx, organizationId, TailQuery.parse(query))
}

async function* linesOf({ db }: Context, log: string, { after, kinds, limit }: TailQuery): AsyncGenerator<TailLine> {
  if (after === undefined) return yield { cursor: await headSeqOf(db, log), isEnd: true }
  const chosen = new Set(
    kinds === undefined ? StreamKind.options : StreamKind.options.filter((kind) => kinds.split(',').includes(kind)),
  )
  // What comes while it is read is for the next request: otherwise a reader of a busy log would be sent to without an end.
  const upTo = await headSeqOf(db, log)
  let [cursor, left, isEnd] = [after, limit, after >= upTo]
  while (left > 0 && !isEnd) {
    const read = await readEvents(db, {
      ...{ log, after: cursor, upTo, kinds: chosen },
      limit: Math.min(batchEvents, left),
    })
    yield* read.events
    left -= read.events.length
    cursor = read.seq
    isEnd = read.isEnd || cursor >= upTo
  }
  yield { cursor, isEnd }
}
