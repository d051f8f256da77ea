import { z } from 'zod'
import { EvidenceJwkSchema } from '../evidence-key'

export const packFormat = 'keybound-evidence-pack'
export const packVersion = 1

/** What the files of a pack are, in their order. The manifest names all before it; its signature comes last. */
export const packFiles = {
  readme: 'README.txt',
  trusts: 'trusts.ndjson',
  versions: 'versions.ndjson',
  keySources: 'key-sources.ndjson',
  decisions: 'decisions.ndjson',
  reviews: 'access-reviews.ndjson',
  reviewItems: 'access-review-items.ndjson',
  reviewItemsCsv: 'access-review-items.csv',
  log: 'audit-log.ndjson',
  manifest: 'manifest.json',
  signature: 'manifest.jws',
} as const

/** Names of files in a pack: no folders, no letters that systems tell apart differently. */
export const packFileName = /^[A-Za-z0-9][A-Za-z0-9.-]{0,99}$/

export const PackManifest = z.object({
  format: z.literal(packFormat),
  version: z.literal(packVersion),
  log: z.string(),
  organization: z.string().nullable(),
  at: z.iso.datetime(),
  /** Ids of the trusts that were chosen; null for all. */
  trusts: z.array(z.string()).max(100).nullable(),
  keys: z.array(EvidenceJwkSchema).max(100),
  files: z
    .array(
      z.object({
        name: z.string().regex(packFileName),
        bytes: z.int().min(0),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .max(32),
})
export type PackManifest = z.output<typeof PackManifest>

/** What the signature of a pack is over. */
export const PackClaims = z.object({ log: z.string(), at: z.string(), manifest: z.string() })
