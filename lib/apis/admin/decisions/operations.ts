import { z } from 'zod'
import { getDecision } from '@/lib/services/decision/get-decision'
import { DecisionQuery, listDecisions } from '@/lib/services/decision/list-decisions'
import { defineOperation } from '../../api'
import { DecisionAnswer, DecisionListAnswer } from './wire'

export const decisionOperations = {
  listDecisions: defineOperation({
    method: 'GET',
    path: '/api/admin/decisions',
    summary: 'List login decisions',
    auth: 'required',
    query: DecisionQuery,
    success: { status: 200, description: 'Newest first.', schema: DecisionListAnswer },
    async run(ctx, { query }) {
      return { body: await listDecisions(ctx, query) }
    },
  }),

  getDecision: defineOperation({
    method: 'GET',
    path: '/api/admin/decisions/{decisionId}',
    summary: 'Read a decision with its whole trace',
    description: 'The id is the `reqId` that the caller of the login was given.',
    auth: 'required',
    params: z.object({ decisionId: z.string() }),
    success: { status: 200, description: 'The decision.', schema: DecisionAnswer },
    async run(ctx, { params }) {
      return { body: await getDecision(ctx, params.decisionId) }
    },
  }),
}
