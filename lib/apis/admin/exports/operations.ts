import { z } from 'zod'
import { requireAccess } from '@/lib/services/access'
import { AccessTokenQuery, listAccessTokens } from '@/lib/services/access-token/list-access-tokens'
import { AuditQuery, listAuditEntries } from '@/lib/services/audit/list-audit-entries'
import { DecisionQuery, listDecisions } from '@/lib/services/decision/list-decisions'
import { getPosture, PostureQuery } from '@/lib/services/posture/get-posture'
import { defineOperation } from '../../api'
import { ndjson, streamedJson } from '../../streamed'
import { AuditSummaryAnswer } from '../audit/wire'
import { DecisionSummaryAnswer } from '../decisions/wire'
import { AccessTokenAnswer } from '../tokens/wire'
import { allPages } from './all-pages'
import { Format, file, named } from './as-file'
import { toOcsf } from './ocsf'

const FindingRow = z.object({
  ...{ trustId: z.uuid(), trustName: z.string(), method: z.string(), identityId: z.uuid().nullable() },
  ...{ identityName: z.string().nullable(), issuer: z.string().nullable(), enabled: z.boolean() },
  ...{ rule: z.string(), severity: z.string(), title: z.string(), message: z.string() },
  ...{ witness: z.string().optional(), opens: z.string(), mutedUntil: z.iso.datetime().nullable() },
})

/** Lists answer this many rows a page, so an export reads as many at a time. */
const pageRows = 100
const paging = { limit: true, cursor: true } as const
const success = {
  status: 200,
  description: 'One line per row, newest first; CSV has a header line.',
  type: ndjson,
}
const description =
  'The filters are those of the list. In CSV, fields that begin like a formula start with an apostrophe.'

/** Access is asked before anything is sent: what is found out later can only cut the answer off. */
export const exportOperations = {
  exportDecisions: defineOperation({
    method: 'GET',
    path: '/api/admin/exports/decisions',
    summary: 'Export decisions on logins',
    description: `${description} \`ocsf\`: events of the Open Cybersecurity Schema Framework 1.3, class Authentication.`,
    auth: 'required',
    query: DecisionQuery.omit(paging).extend({ format: z.enum([...Format.options, 'ocsf']).default('ndjson') }),
    success: { ...success, schema: DecisionSummaryAnswer },
    async run(ctx, { query: { format, ...filter } }) {
      requireAccess(ctx, 'read')
      const rows = allPages(async (cursor) => {
        const { decisions, next } = await listDecisions(ctx, { ...filter, limit: pageRows, cursor })
        return { rows: decisions, next }
      })
      if (format !== 'ocsf') return file(ctx, 'decisions', format, rows, DecisionSummaryAnswer)
      return named(ctx, 'decisions-ocsf', 'ndjson', streamedJson(ctx, mapped(rows, toOcsf)))
    },
  }),

  exportAuditEntries: defineOperation({
    method: 'GET',
    path: '/api/admin/exports/audit',
    summary: 'Export acts and sign-ins',
    description,
    auth: 'required',
    query: AuditQuery.omit(paging).extend({ format: Format.default('ndjson') }),
    success: { ...success, schema: AuditSummaryAnswer },
    async run(ctx, { query: { format, ...filter } }) {
      requireAccess(ctx, 'read')
      const rows = allPages(async (cursor) => {
        const { entries, next } = await listAuditEntries(ctx, { ...filter, limit: pageRows, cursor })
        return { rows: entries, next }
      })
      return file(ctx, 'audit', format, rows, AuditSummaryAnswer)
    },
  }),

  exportTokens: defineOperation({
    method: 'GET',
    path: '/api/admin/exports/tokens',
    summary: 'Export issued access tokens, without their text',
    description,
    auth: 'required',
    query: AccessTokenQuery.omit({ ...paging, offset: true }).extend({ format: Format.default('ndjson') }),
    success: { ...success, schema: AccessTokenAnswer },
    async run(ctx, { query: { format, ...filter } }) {
      requireAccess(ctx, 'read')
      const rows = allPages(async (cursor) => {
        const { tokens, next } = await listAccessTokens(ctx, { ...filter, limit: pageRows, cursor })
        return { rows: tokens, next: next ?? null }
      })
      return file(ctx, 'tokens', format, rows, AccessTokenAnswer)
    },
  }),

  exportFindings: defineOperation({
    method: 'GET',
    path: '/api/admin/exports/findings',
    summary: 'Export findings in trusts',
    description,
    auth: 'required',
    query: PostureQuery.omit(paging).extend({ format: Format.default('ndjson') }),
    success: { ...success, schema: FindingRow },
    async run(ctx, { query: { format, ...filter } }) {
      requireAccess(ctx, 'read')
      const rows = allPages(async (cursor) => {
        const { trusts, next } = await getPosture(ctx, { ...filter, limit: pageRows, cursor })
        return { rows: trusts.flatMap(findingsOf), next }
      })
      return file(ctx, 'findings', format, rows, FindingRow)
    },
  }),
}

type Trust = Awaited<ReturnType<typeof getPosture>>['trusts'][number]

const findingsOf = ({ id, name, method, identityId, identityName, issuer, enabled, findings }: Trust) =>
  findings.map(({ id: rule, severity, title, message, witness, opens, mute }) => ({
    ...{ trustId: id, trustName: name, method, identityId, identityName, issuer, enabled },
    ...{ rule, severity, title, message, witness, opens, mutedUntil: mute?.until ?? null },
  }))

async function* mapped<Item, Result>(items: AsyncIterable<Item>, to: (item: Item) => Result) {
  for await (const item of items) yield to(item)
}
