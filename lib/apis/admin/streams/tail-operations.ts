import { z } from 'zod'
import { TailQuery, tailEvents } from '@/lib/services/stream/tail-events'
import { defineOperation } from '../../api'
import { ndjson, streamedJson } from '../../streamed'

const Line = z.union([
  z.object({ specversion: z.string(), id: z.string(), type: z.string(), subject: z.string(), time: z.iso.datetime() }),
  z.object({
    cursor: z.number().meta({ description: 'Goes on here as `after`.' }),
    isEnd: z.boolean().meta({ description: 'Whether the log ended here.' }),
  }),
])

export const tailOperations = {
  tailEvents: defineOperation({
    method: 'GET',
    path: '/api/admin/events',
    summary: 'Read events after a position in the evidence log',
    description:
      'CloudEvents as streams send them, oldest first, one per line; the last line has the position from which the next request continues (docs/streams.md).',
    auth: 'required',
    query: TailQuery,
    success: { status: 200, description: 'Newline-delimited JSON.', schema: Line, type: ndjson },
    async run(ctx, { query }) {
      return { body: streamedJson(ctx, tailEvents(ctx, query), 'tails') }
    },
  }),
}
