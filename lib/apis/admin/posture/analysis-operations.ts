import type { z } from 'zod'
import { evaluateToken } from '@/lib/services/login/evaluate-token'
import { analyseTrust, compareTrusts, recogniseClaims, type TrustReference } from '@/lib/services/posture/analyse'
import { defineOperation } from '../../api'
import { toJudged } from './mapper'
import {
  type AnalysedTrust,
  AnalyseInput,
  AnalysisAnswer,
  CompareInput,
  ComparisonAnswer,
  EvaluateInput,
  EvaluationAnswer,
  RecogniseInput,
  RecognitionAnswer,
} from './wire'

const description = 'For a stored trust, by its id, or for one in the body. Nothing is stored, and no keys are fetched.'

export const analysisOperations = {
  analyseTrust: defineOperation({
    method: 'POST',
    path: '/api/admin/analyse',
    summary: 'Analyse a trust',
    description: `${description} With \`claims\` of a token, fixes take values from it and keep accepting it.`,
    auth: 'required',
    body: AnalyseInput,
    records: [],
    success: { status: 200, description: 'What is found.', schema: AnalysisAnswer },
    async run(ctx, { body }) {
      return { body: await analyseTrust(ctx, toReference(body), body.claims) }
    },
  }),

  compareTrusts: defineOperation({
    method: 'POST',
    path: '/api/admin/compare',
    summary: 'Compare two trusts',
    description: `Says how the trust \`after\` differs from \`before\`. ${description}`,
    auth: 'required',
    body: CompareInput,
    records: [],
    success: { status: 200, description: 'Direction and examples, by field.', schema: ComparisonAnswer },
    async run(ctx, { body: { before, after } }) {
      return { body: await compareTrusts(ctx, toReference(before), toReference(after)) }
    },
  }),

  evaluateToken: defineOperation({
    method: 'POST',
    path: '/api/admin/evaluate',
    summary: 'Judge a token by a trust',
    description:
      'By a stored trust or by one in the body, with every check. Neither token nor verdict is stored. For actors who may change trusts, keys are also fetched from sources that no trust uses; such a look-up is audited.',
    auth: 'required',
    body: EvaluateInput,
    records: ['key-source.looked-up'],
    success: { status: 200, description: 'The verdict.', schema: EvaluationAnswer },
    async run(ctx, { body }) {
      const { token, ip, at } = body
      const reference = 'trust' in body ? { policy: toJudged(body.trust) } : { trustId: body.trustId }
      const instant = at === undefined ? undefined : new Date(at)
      return { body: await evaluateToken(ctx, reference, { token, ip, at: instant }) }
    },
  }),

  recogniseClaims: defineOperation({
    method: 'POST',
    path: '/api/admin/recognise',
    summary: 'Recognise the issuer of a token',
    description: 'From its claims alone. The claims are neither trusted nor stored.',
    auth: 'required',
    body: RecogniseInput,
    records: [],
    success: { status: 200, description: 'What is known of them.', schema: RecognitionAnswer },
    async run(ctx, { body }) {
      return { body: await recogniseClaims(ctx, body.claims) }
    },
  }),
}

type Sent = { trustId: string } | { trust: z.output<typeof AnalysedTrust>; trustId?: string | undefined }

const toReference = (sent: Sent): TrustReference =>
  'trust' in sent ? { policy: toJudged(sent.trust), trustId: sent.trustId } : { trustId: sent.trustId }
