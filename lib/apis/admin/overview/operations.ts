import { getOverview } from '@/lib/services/overview/get-overview'
import { defineOperation } from '../../api'
import { OverviewAnswer } from './wire'

export const overviewOperations = {
  getOverview: defineOperation({
    method: 'GET',
    path: '/api/admin/overview',
    summary: 'Counts, logins by day, and the first steps of setting up',
    auth: 'required',
    success: { status: 200, description: 'The overview.', schema: OverviewAnswer },
    async run(ctx) {
      return { body: await getOverview(ctx) }
    },
  }),
}
