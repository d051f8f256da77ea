import { z } from 'zod'
import { countAlarms } from '@/lib/services/key-source/count-alarms'
import { fetchKeySource } from '@/lib/services/key-source/fetch-key-source'
import { getKeySource } from '@/lib/services/key-source/get-key-source'
import { KeySourceQuery, listKeySources } from '@/lib/services/key-source/list-key-sources'
import { defineOperation } from '../../api'
import { AlarmCountAnswer, KeySourceAnswer, KeySourceListAnswer } from './wire'

const One = z.object({ sourceId: z.string().regex(/^[0-9a-f]{64}$/) })

export const keySourceOperations = {
  listKeySources: defineOperation({
    method: 'GET',
    path: '/api/admin/key-sources',
    summary: 'List key sources',
    description:
      'Every distinct URL and CA from which trusts take keys: its state, the trusts that use it, and its alarms. `total` is null on pages by `cursor`.',
    auth: 'required',
    query: KeySourceQuery,
    success: { status: 200, description: 'A page, in the order of their URLs.', schema: KeySourceListAnswer },
    async run(ctx, { query }) {
      return { body: await listKeySources(ctx, query) }
    },
  }),

  countKeySourceAlarms: defineOperation({
    method: 'GET',
    path: '/api/admin/key-sources/alarms',
    summary: 'Count the alarms of key sources',
    description:
      'As of the last check of the sources: after a fetch that changed something, and once an hour. Of at most 200 sources.',
    auth: 'required',
    success: { status: 200, description: 'The count.', schema: AlarmCountAnswer },
    async run(ctx) {
      return { body: await countAlarms(ctx) }
    },
  }),

  getKeySource: defineOperation({
    method: 'GET',
    path: '/api/admin/key-sources/{sourceId}',
    summary: 'Read a key source with its keys and timeline',
    description: 'Keys and events of the last 90 days, the newest first, 200 of each at most.',
    auth: 'required',
    params: One,
    success: { status: 200, description: 'The source.', schema: KeySourceAnswer },
    async run(ctx, { params }) {
      return { body: await getKeySource(ctx, params.sourceId) }
    },
  }),

  fetchKeySource: defineOperation({
    method: 'POST',
    path: '/api/admin/key-sources/{sourceId}/fetch',
    summary: 'Fetch a key source now',
    description: 'Takes up to five seconds. A failed fetch is answered 200, with `failure`.',
    auth: 'required',
    params: One,
    records: ['key-source.fetched'],
    success: { status: 200, description: 'The source as it is after the fetch.', schema: KeySourceAnswer },
    async run(ctx, { params }) {
      return { body: await fetchKeySource(ctx, params.sourceId) }
    },
  }),
}
