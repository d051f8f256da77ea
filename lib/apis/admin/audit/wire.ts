import { z } from 'zod'
import { HistoryPageAnswer } from '../pages/wire'

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
    reason: z.string().nullable().meta({ description: 'Why, in the words of the actor.' }),
    raised: z.array(z.string()).meta({ description: 'Rules whose findings a change adds to a trust.' }),
    overridden: z.array(z.string()).meta({ description: 'Those of them that were overridden, for that reason.' }),
    changes: z
      .array(z.object({ text: z.string(), effect: z.enum(['narrower', 'wider']).nullable() }))
      .meta({ description: 'What changed, in sentences, and what that does to what is accepted where it is plain.' }),
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

export const AuditListAnswer = HistoryPageAnswer.extend({ entries: z.array(AuditSummaryAnswer) })
export type AuditListAnswer = z.output<typeof AuditListAnswer>
