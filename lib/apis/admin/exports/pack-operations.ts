import { z } from 'zod'
import { EvidencePackQuery } from '@/lib/services/evidence/pack/choice'
import { evidencePack } from '@/lib/services/evidence/pack/evidence-pack'
import { defineOperation } from '../../api'
import { oneOfFew, Streamed } from '../../streamed'

const zip = 'application/zip'

export const packOperations = {
  exportEvidencePack: defineOperation({
    method: 'GET',
    path: '/api/admin/exports/evidence-pack',
    summary: 'Export an evidence pack',
    description:
      'A zip archive of trusts with their versions, key sets and decisions, and the evidence log. `npx keybound audit verify` checks it without a server (docs/evidence.md).',
    auth: 'required',
    query: EvidencePackQuery,
    success: { status: 200, description: 'The archive.', schema: z.unknown(), type: zip },
    failures: { 404: 'A trust or an identity that the organization does not have.' },
    async run(ctx, { query }) {
      const archive = await evidencePack(ctx, query)
      const name = `keybound-evidence-${ctx.now().toISOString().slice(0, 10)}.zip`
      return {
        body: new Streamed(
          zip,
          oneOfFew(ctx, archive, (piece) => piece),
        ),
        headers: { 'content-disposition': `attachment; filename="${name}"` },
      }
    },
  }),
}
