import { z } from 'zod'
import type { EvidenceRecord } from '@/lib/db/evidence/record-digest'
import { notFound } from '@/lib/errors'
import { Uuid } from '@/lib/trust/uuid'
import type { Context } from '../../context'

const idsIn = (text: string) => [...new Set(text.split(','))]

export const EvidencePackQuery = z
  .strictObject({
    /** Trusts whose records are in it, at most 100, separated by commas; all when left out. */
    trusts: z
      .string()
      .max(4_000)
      .refine((text) => idsIn(text).length <= 100 && idsIn(text).every((id) => Uuid.safeParse(id).success), {
        error: 'Give at most 100 ids, separated by commas.',
      })
      .optional(),
    /** Those of an identity. */
    identityId: Uuid.optional(),
  })
  .refine(({ trusts, identityId }) => trusts === undefined || identityId === undefined, {
    error: 'Give either trusts or an identity.',
    path: ['identityId'],
  })

/** Which trusts a pack is about. */
export type Choice = {
  /** Null for all of the organization. */
  trustIds: string[] | null
  /** Whether the record of an entry is in the pack; of others it holds the entry with its digest. */
  holds: (record: EvidenceRecord) => boolean
}

/** Acts that are in every pack: they decide what retention may remove. */
const always = ['retention.updated']

/** @throws AppError `not-found` for a trust or an identity that the organization does not have; of trusts, never had */
export async function chosen(
  ctx: Context,
  organizationId: string,
  { trusts, identityId }: z.output<typeof EvidencePackQuery>,
): Promise<Choice> {
  if (identityId !== undefined) return ofIdentity(ctx, organizationId, identityId)
  if (trusts === undefined) return { trustIds: null, holds: () => true }
  const trustIds = idsIn(trusts).map((id) => id.toLowerCase())
  const where = { organizationId, id: { in: trustIds } }
  const rows = await ctx.db.trust.findMany({ where, select: { id: true, identityId: true } })
  for (const id of trustIds) {
    if (!rows.some((row) => row.id === id)) await requireRemoved(ctx, organizationId, id)
  }
  return about(
    trustIds,
    rows.flatMap((row) => row.identityId ?? []),
  )
}

async function ofIdentity({ db }: Context, organizationId: string, identityId: string): Promise<Choice> {
  const identity = await db.identity.findFirst({ where: { id: identityId, organizationId }, select: { id: true } })
  if (!identity) throw notFound('There is no such identity.')
  const rows = await db.trust.findMany({ where: { organizationId, identityId }, select: { id: true } })
  const { trustIds, holds } = about(
    rows.map(({ id }) => id),
    [identityId],
  )
  // Which trusts it has now is in no log; whose login it was is in the record.
  return {
    trustIds,
    holds: (record) => holds(record) || (record.table === 'decision' && record.identityId === identityId),
  }
}

/** Versions outlive their trust. */
async function requireRemoved({ db }: Context, organizationId: string, trustId: string): Promise<void> {
  const version = await db.trustVersion.findFirst({ where: { trustId, organizationId }, select: { version: true } })
  if (!version) throw notFound(`There is no trust ${trustId}, and there never was.`)
}

function about(trustIds: string[], identityIds: readonly string[]): Choice {
  const targets = new Set([...trustIds, ...identityIds])
  const holds = ({ table, trustId, targetId, action }: EvidenceRecord) =>
    table === 'decision'
      ? typeof trustId === 'string' && targets.has(trustId)
      : (typeof targetId === 'string' && targets.has(targetId)) || always.includes(String(action))
  return { trustIds, holds }
}
