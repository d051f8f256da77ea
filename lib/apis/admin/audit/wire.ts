import { z } from 'zod'

export const AuditSummaryAnswer = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    organizationId: z.uuid().nullable(),
    requestId: z.string().nullable(),
    actorKind: z.string(),
    actorId: z.string().nullable(),
    actorName: z.string().nullable(),
    action: z.string(),
    targetKind: z.string().nullable(),
    targetId: z.string().nullable(),
    targetName: z.string().nullable(),
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
    repeats: z
      .number()
      .nullable()
      .meta({ description: 'More acts like this one that were counted into this row; it shows the first of them.' }),
    lastAt: z.iso.datetime().nullable().meta({ description: 'The last of them.' }),
  })
  .meta({ id: 'AuditSummary' })
export type AuditSummaryAnswer = z.output<typeof AuditSummaryAnswer>

export const AuditEntryAnswer = AuditSummaryAnswer.extend({ before: z.unknown(), after: z.unknown() }).meta({
  id: 'AuditEntry',
})
export type AuditEntryAnswer = z.output<typeof AuditEntryAnswer>

export const AuditListAnswer = z.object({
  entries: z.array(AuditSummaryAnswer),
  next: z.string().nullable(),
  lookedBackTo: z.iso.datetime().nullable().meta({
    description:
      'How far was looked, where a filter is compared with a bounded number of rows; `next` goes on from there.',
  }),
})
export type AuditListAnswer = z.output<typeof AuditListAnswer>
