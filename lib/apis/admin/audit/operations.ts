import { z } from 'zod'
import { AuditQuery, getAuditEntry, listAuditEntries } from '@/lib/services/audit/list-audit-entries'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import { AuditEntryAnswer, AuditListAnswer } from './wire'

export const auditOperations = {
  listAuditEntries: defineOperation({
    method: 'GET',
    path: '/api/admin/audit',
    summary: 'List acts and sign-ins',
    auth: 'required',
    query: AuditQuery,
    success: { status: 200, description: 'Newest first.', schema: AuditListAnswer },
    async run(ctx, { query }) {
      return { body: await listAuditEntries(ctx, query) }
    },
  }),

  getAuditEntry: defineOperation({
    method: 'GET',
    path: '/api/admin/audit/{entryId}',
    summary: 'Read an act with what was before and after it',
    auth: 'required',
    params: z.object({ entryId: Id }),
    success: { status: 200, description: 'The entry.', schema: AuditEntryAnswer },
    async run(ctx, { params }) {
      return { body: await getAuditEntry(ctx, params.entryId) }
    },
  }),
}
