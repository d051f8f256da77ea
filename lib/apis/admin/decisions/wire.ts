import { z } from 'zod'

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

export const CheckAnswer = z
  .object({
    id: z.string(),
    status: z.enum(['pass', 'fail', 'warn', 'skipped']),
    title: z.string(),
    message: z.string(),
    reason: z.string().optional(),
    expected: z.string().optional(),
    received: z.string().optional(),
    fix: z.string().optional(),
    suggestion: z.string().optional(),
    field: z.string().optional(),
    trusted: z.boolean(),
  })
  .meta({ id: 'Check' })

export const DecisionAnswer = Summary.extend({
  trace: z.array(CheckAnswer),
  header: z.record(z.string(), z.unknown()).nullable(),
  claims: z.record(z.string(), z.unknown()).nullable(),
}).meta({ id: 'Decision' })
export type DecisionAnswer = z.output<typeof DecisionAnswer>

export const DecisionListAnswer = z.object({
  decisions: z.array(DecisionSummaryAnswer),
  next: z.string().nullable(),
  lookedBackTo: z.iso.datetime().nullable().meta({
    description:
      'How far was looked, where a filter is compared with a bounded number of rows; `next` goes on from there.',
  }),
})
export type DecisionListAnswer = z.output<typeof DecisionListAnswer>
