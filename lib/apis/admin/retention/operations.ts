import { getRetention } from '@/lib/services/retention/get-retention'
import { setRetention } from '@/lib/services/retention/set-retention'
import { defineOperation } from '../../api'
import { RetentionAnswer, RetentionPatch } from './wire'

const path = '/api/admin/retention'
const success = { status: 200, description: 'Every kind of record with its period.', schema: RetentionAnswer }

export const retentionOperations = {
  getRetention: defineOperation({
    method: 'GET',
    path,
    summary: 'List retention periods and numbers of records',
    auth: 'required',
    success,
    async run(ctx) {
      return { body: { periods: await getRetention(ctx) } }
    },
  }),

  setRetention: defineOperation({
    method: 'PATCH',
    path,
    summary: 'Set how long records are kept',
    description: 'A shorter period takes effect within the hour. Removed records cannot be restored.',
    auth: 'required',
    body: RetentionPatch,
    records: ['retention.updated'],
    success,
    async run(ctx, { body }) {
      return { body: { periods: await setRetention(ctx, body) } }
    },
  }),
}
