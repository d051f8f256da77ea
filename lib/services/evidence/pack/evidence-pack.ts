import type { z } from 'zod'
import { signPack } from '@/lib/db/evidence/checkpoint-signature'
import { sha256 } from '@/lib/db/evidence/record-digest'
import { type FileToPack, type PackedFile, zipOf } from '@/lib/db/evidence/zip-stream'
import { jsonText } from '@/lib/trust/json/json-text'
import { requireAccess } from '../../access'
import type { Context } from '../../context'
import { evidenceKeySet, evidenceSigner } from '../evidence-key'
import { exportLog } from '../export-log'
import { readHead, readWholeLog } from '../read-links'
import { type Choice, chosen, EvidencePackQuery } from './choice'
import { type PackManifest, packFiles, packFormat } from './pack-format'
import { readmeOf } from './readme'
import { reviewItemCsv, reviewItemLines, reviewLines } from './review-lines'
import { keySourceLines, trustLines, versionLines } from './trust-lines'

/**
 * An evidence pack: a zip archive of trusts with their versions, key sets, decisions and access reviews, and the log that proves what happened, made while it is
 * read. `keybound audit verify` checks it without a server.
 * @throws AppError `not-found` for a trust that the organization never had
 */
export async function evidencePack(
  ctx: Context,
  query: z.input<typeof EvidencePackQuery>,
): Promise<AsyncGenerator<Uint8Array>> {
  const { organizationId } = requireAccess(ctx, 'read')
  const choice = await chosen(ctx, organizationId, EvidencePackQuery.parse(query))
  const organization = await ctx.db.organization.findUnique({ where: { id: organizationId }, select: { name: true } })
  // With a key that is damaged a pack is not signed, which its verification says.
  const sign = (await evidenceSigner(ctx.db, ctx.now(), signPack)) ?? (() => '')
  const keys = await evidenceKeySet(ctx.db)
  const at = ctx.now().toISOString()
  const { trustIds } = choice
  const of = { ctx, organizationId, trustIds }
  const reviewed = { ctx, organizationId, thingIds: choice.thingIds, reviewIds: choice.reviewIds }
  const about = { log: organizationId, organization: organization?.name ?? null, at, trusts: trustIds, keys }
  const manifestOf = (files: readonly PackedFile[]) => {
    const manifest: PackManifest = { format: packFormat, version: 1, ...about, files: [...files] }
    return `${JSON.stringify(manifest, null, 2)}\n`
  }
  const files: FileToPack[] = [
    { name: packFiles.readme, text: () => once(readmeOf(about)) },
    { name: packFiles.trusts, text: () => lines(trustLines(of)) },
    { name: packFiles.versions, text: () => lines(versionLines(of)) },
    { name: packFiles.keySources, text: () => lines(keySourceLines(of)) },
    { name: packFiles.decisions, text: () => lines(decisionLines(ctx, organizationId, choice)) },
    { name: packFiles.reviews, text: () => lines(reviewLines(reviewed)) },
    { name: packFiles.reviewItems, text: () => lines(reviewItemLines(reviewed)) },
    { name: packFiles.reviewItemsCsv, text: () => reviewItemCsv(reviewed) },
    { name: packFiles.log, text: () => lines(exportLog(ctx.db, organizationId, ctx.now(), choice)) },
    { name: packFiles.manifest, text: (packed) => once(manifestOf(packed)) },
    {
      name: packFiles.signature,
      text: (packed) => once(sign({ log: organizationId, at, manifest: sha256(manifestOf(packed.slice(0, -1))) })),
    },
  ]
  return zipOf(files, ctx.now())
}

/** Decisions in the order of the log, as they are stored. */
async function* decisionLines({ db }: Context, log: string, { holds }: Choice) {
  for await (const links of readWholeLog(db, log, await readHead(db, log))) {
    for (const { seq, recordId, record } of links) {
      if (record?.table === 'decision' && record.id === recordId && holds(record)) yield { seq, ...record }
    }
  }
}

async function* once(text: string) {
  yield text
}

async function* lines(objects: AsyncIterable<unknown>) {
  for await (const object of objects) yield `${jsonText(object)}\n`
}
