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
  })
  .meta({ id: 'AuditSummary' })
export type AuditSummaryAnswer = z.output<typeof AuditSummaryAnswer>

export const AuditEntryAnswer = AuditSummaryAnswer.extend({ before: z.unknown(), after: z.unknown() }).meta({
  id: 'AuditEntry',
})
export type AuditEntryAnswer = z.output<typeof AuditEntryAnswer>

export const AuditListAnswer = z.object({ entries: z.array(AuditSummaryAnswer), next: z.string().nullable() })
export type AuditListAnswer = z.output<typeof AuditListAnswer>
