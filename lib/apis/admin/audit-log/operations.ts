import { z } from 'zod'
import { VerificationLine } from '@/lib/model/evidence'
import { evidenceKeySet } from '@/lib/services/evidence/evidence-key'
import { exportLog, getLogHead } from '@/lib/services/evidence/export-log'
import { CheckpointsQuery, LogOwner, listCheckpoints, logOf } from '@/lib/services/evidence/list-checkpoints'
import { makeCheckpoint } from '@/lib/services/evidence/make-checkpoint'
import { verifyLog } from '@/lib/services/evidence/verify-log'
import { defineOperation } from '../../api'
import { ndjson, streamedJson } from '../../streamed'
import { CheckpointAnswer, CheckpointListAnswer, LogHeadAnswer } from './wire'

const path = '/api/admin/audit-log'
const query = z.strictObject({ owner: LogOwner })

export const auditLogOperations = {
  getAuditLog: defineOperation({
    method: 'GET',
    path,
    summary: 'Read where the evidence log ends',
    description: 'Audit entries and decisions are sealed in it within seconds, each with the hash of the one before.',
    auth: 'required',
    query,
    success: { status: 200, description: 'Its head.', schema: LogHeadAnswer },
    async run(ctx, { query }) {
      return { body: await getLogHead(ctx.db, logOf(ctx, query.owner)) }
    },
  }),

  verifyAuditLog: defineOperation({
    method: 'GET',
    path: `${path}/verification`,
    summary: 'Verify the evidence log and every record in it',
    description: 'Answers line by line: progress, problems, and at the end the result.',
    auth: 'required',
    query,
    success: { status: 200, description: 'Newline-delimited JSON.', schema: VerificationLine, type: ndjson },
    async run(ctx, { query }) {
      return { body: streamedJson(ctx, verifyLog(ctx.db, logOf(ctx, query.owner), ctx.now())) }
    },
  }),

  exportAuditLog: defineOperation({
    method: 'GET',
    path: `${path}/export`,
    summary: 'Export the evidence log with its records',
    description: '`npx keybound audit verify` checks the file without a server (docs/evidence.md).',
    auth: 'required',
    query,
    success: { status: 200, description: 'Newline-delimited JSON.', schema: z.unknown(), type: ndjson },
    async run(ctx, { query }) {
      const log = logOf(ctx, query.owner)
      const name = `keybound-audit-log-${ctx.now().toISOString().slice(0, 10)}.ndjson`
      return {
        body: streamedJson(ctx, exportLog(ctx.db, log, ctx.now())),
        headers: { 'content-disposition': `attachment; filename="${name}"` },
      }
    },
  }),

  listLogCheckpoints: defineOperation({
    method: 'GET',
    path: `${path}/checkpoints`,
    summary: 'List checkpoints of the evidence log',
    description: 'Store some elsewhere: they prove that the whole log was not replaced.',
    auth: 'required',
    query: CheckpointsQuery,
    success: { status: 200, description: 'Newest first.', schema: CheckpointListAnswer },
    async run(ctx, { query }) {
      return { body: await listCheckpoints(ctx, query) }
    },
  }),

  makeLogCheckpoint: defineOperation({
    method: 'POST',
    path: `${path}/checkpoints`,
    summary: 'Make a checkpoint of the evidence log',
    description: 'One is made daily if entries were added.',
    auth: 'required',
    records: ['log.checkpointed'],
    success: { status: 201, description: 'The checkpoint.', schema: CheckpointAnswer },
    async run(ctx) {
      return { body: await makeCheckpoint(ctx) }
    },
  }),

  evidenceKeys: defineOperation({
    method: 'GET',
    path: '/.well-known/keybound-evidence-keys.json',
    summary: 'The keys checkpoints are signed with (RFC 7517, RFC 8037)',
    auth: 'none',
    anyOrigin: true,
    success: {
      status: 200,
      description: 'A JSON Web Key Set.',
      schema: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
    },
    async run(ctx) {
      return { body: { keys: await evidenceKeySet(ctx.db) }, headers: { 'cache-control': 'public, max-age=300' } }
    },
  }),
}
