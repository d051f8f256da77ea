import { z } from 'zod'

/** Part of a page beside its rows. */
export const PageAnswer = z.object({
  total: z.number().nullable().meta({
    description: 'How many there are; the least, if `isMore`. Null where the page was asked for by a cursor.',
  }),
  isMore: z.boolean().meta({ description: 'There are more than were counted.' }),
  next: z.string().nullable().meta({ description: 'The `cursor` of the page that follows; null at the end.' }),
  comparedRows: z.number().nullable().meta({
    description:
      'How many rows were compared with a filter that no index serves, where those were not all: what matches may come later.',
  }),
})

/** Part of a page of a history, newest first, beside its rows. */
export const HistoryPageAnswer = z.object({
  next: z.string().nullable(),
  lookedBackTo: z.iso.datetime().nullable().meta({
    description:
      'How far was looked, where a filter is compared with a bounded number of rows; `next` goes on from there.',
  }),
  behindSeconds: z.number().nullable().meta({
    description:
      'The page was read from a replica, which may lack the changes of so many seconds; null: it lacks none.',
  }),
})
