import { z } from 'zod'

/** Part of a page beside its rows. */
export const PageAnswer = z.object({
  total: z.number().nullable().meta({
    description: 'The number of rows, or a lower bound if `isMore`. Null on a page by a cursor.',
  }),
  isMore: z.boolean().meta({ description: 'There are more than were counted.' }),
  next: z.string().nullable().meta({ description: 'The `cursor` of the page that follows; null at the end.' }),
  comparedRows: z.number().nullable().meta({
    description:
      'The number of rows that were compared with a filter without an index, if those were not all. There may be more matches.',
  }),
})

/** Part of a page of a history, newest first, beside its rows. */
export const HistoryPageAnswer = z.object({
  next: z.string().nullable(),
  lookedBackTo: z.iso.datetime().nullable().meta({
    description:
      'How far back rows were examined, for a filter that examines a bounded number of rows; `next` continues from there.',
  }),
  behindSeconds: z.number().nullable().meta({
    description: 'The page was read from a replica that may be this many seconds behind; null: it was not.',
  }),
})
