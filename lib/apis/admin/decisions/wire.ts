import { z } from 'zod'
import { CheckAnswer } from '@/lib/model/evaluation'
import { HistoryPageAnswer } from '../pages/wire'

const Summary = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  organizationId: z.uuid().nullable(),
  identityId: z.string().nullable(),
  identityName: z.string().nullable(),
  trustId: z.uuid().nullable(),
  trustVersion: z.number().nullable(),
  method: z.string(),
  accepted: z.boolean(),
  checkId: z.string().nullable(),
  reason: z.string().nullable(),
  message: z.string(),
  issuer: z.string().nullable(),
  subject: z.string().nullable(),
  tokenSha256: z.string().nullable(),
  accessTokenId: z.uuid().nullable(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  repeats: z
    .number()
    .nullable()
    .meta({ description: 'More refusals of this cause that were counted into this row; it shows the first of them.' }),
  lastAt: z.iso.datetime().nullable().meta({ description: 'The last of them.' }),
})

export const DecisionSummaryAnswer = Summary.meta({ id: 'DecisionSummary' })
export type DecisionSummaryAnswer = z.output<typeof DecisionSummaryAnswer>

export const DecisionAnswer = Summary.extend({
  trace: z.array(CheckAnswer),
  header: z.record(z.string(), z.unknown()).nullable(),
  claims: z.record(z.string(), z.unknown()).nullable(),
  incidentId: z.string().nullable().meta({ description: 'The incident that a refusal is counted in.' }),
}).meta({ id: 'Decision' })
export type DecisionAnswer = z.output<typeof DecisionAnswer>

export const DecisionListAnswer = HistoryPageAnswer.extend({ decisions: z.array(DecisionSummaryAnswer) })
export type DecisionListAnswer = z.output<typeof DecisionListAnswer>

const ReplaySideAnswer = z
  .object({
    version: z.number(),
    enabled: z.boolean(),
    passes: z.boolean().nullable().meta({ description: 'Null: only a masked value of a decisive claim was stored.' }),
    decisive: z.string().nullable().meta({ description: 'The first check that fails.' }),
    checks: z.array(CheckAnswer),
  })
  .nullable()
  .meta({ description: 'Null where the trust, its version, or the claims are not there or cannot be read.' })

export const ReplayAnswer = z
  .object({
    at: z.iso.datetime().meta({ description: 'The time of the decision, by which times are judged.' }),
    hasClaims: z.boolean().meta({ description: 'Whether claims were kept.' }),
    former: ReplaySideAnswer,
    current: ReplaySideAnswer,
  })
  .meta({ id: 'DecisionReplay' })
export type ReplayAnswer = z.output<typeof ReplayAnswer>
