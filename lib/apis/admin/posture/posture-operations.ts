import { z } from 'zod'
import { getPosture, PostureQuery } from '@/lib/services/posture/get-posture'
import { getTrustPosture } from '@/lib/services/posture/get-trust-posture'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import { PostureAnswer, TrustPostureAnswer } from './wire'

export const postureOperations = {
  getPosture: defineOperation({
    method: 'GET',
    path: '/api/admin/posture',
    summary: 'The posture of all trusts',
    description:
      'Score, findings by severity and by rule, the last 90 days, and a page of trusts, worst first. Muted findings do not count. `rule` and `severity` filter trusts by their findings; with `muted=true`, by their muted findings.',
    auth: 'required',
    query: PostureQuery,
    success: { status: 200, description: 'A page.', schema: PostureAnswer },
    async run(ctx, { query }) {
      return { body: await getPosture(ctx, query) }
    },
  }),

  getTrustPosture: defineOperation({
    method: 'GET',
    path: '/api/admin/trusts/{trustId}/posture',
    summary: 'The posture of a trust',
    description: 'As `POST /api/admin/analyse` answers, with the mutes of the trust.',
    auth: 'required',
    params: z.object({ trustId: Id }),
    success: { status: 200, description: 'What is found in it.', schema: TrustPostureAnswer },
    async run(ctx, { params }) {
      return { body: await getTrustPosture(ctx, params.trustId) }
    },
  }),
}
