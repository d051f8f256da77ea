import { z } from 'zod'
import { getDecision } from '@/lib/services/decision/get-decision'
import { DecisionQuery, listDecisions } from '@/lib/services/decision/list-decisions'
import { replayDecision } from '@/lib/services/decision/replay-decision'
import { defineOperation } from '../../api'
import { DecisionAnswer, DecisionListAnswer, ReplayAnswer } from './wire'

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

  replayDecision: defineOperation({
    method: 'GET',
    path: '/api/admin/decisions/{decisionId}/replay',
    summary: 'Judge the claims of a decision again',
    description:
      'By the trust of then and by that of now: issuer, rules and times, as of the time of the decision. The token is not stored, so neither keys nor signature are judged.',
    auth: 'required',
    params: z.object({ decisionId: z.string() }),
    success: { status: 200, description: 'Both verdicts.', schema: ReplayAnswer },
    async run(ctx, { params }) {
      return { body: await replayDecision(ctx, params.decisionId) }
    },
  }),
}
