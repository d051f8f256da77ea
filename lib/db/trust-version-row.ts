import { z } from 'zod'
import { jsonText } from '@/lib/trust/json/json-text'
import type { Trust } from '@/lib/trust/trust'
import type { Trust as TrustRow, TrustVersion as TrustVersionRow } from './generated/sqlite/client'
import { readStored } from './stored-json'
import { toTrust } from './trust-row'

/** What a version keeps of a trust: the columns that hold a draft, as they are stored. */
const Content = z.object({
  identityId: z.string().nullable(),
  kind: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  issuer: z.string().nullable(),
  keys: z.string(),
  keyUse: z.string(),
  algorithms: z.string(),
  rules: z.string(),
  lifetime: z.string(),
  grant: z.string(),
  options: z.string(),
})

type Actor = { kind: string; id?: string; name?: string }

/** The row that keeps a trust as it is now. @param by null where it is not known */
export function toVersionRow(row: TrustRow, by: Actor | null): TrustVersionRow {
  return {
    ...{ trustId: row.id, version: row.version, organizationId: row.organizationId, at: row.updatedAt },
    ...{ actorKind: by?.kind ?? null, actorId: by?.id ?? null, actorName: by?.name ?? null },
    content: jsonText(Content.parse(row)),
  }
}

/** The trust as it was in a version; null where the row cannot be read. */
export function toTrustOfVersion({ trustId, organizationId, version, at, content }: TrustVersionRow): Trust | null {
  const stored = readStored(content, Content)
  if (!stored.readable) return null
  const times = { createdAt: at, updatedAt: at }
  return toTrust({ ...stored.value, ...times, id: trustId, organizationId, version, soleIssuer: null })
}
