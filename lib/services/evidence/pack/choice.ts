import { z } from 'zod'
import type { EvidenceRecord } from '@/lib/db/evidence/record-digest'
import { storedOrNull } from '@/lib/db/stored-json'
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
  /** Those trusts and their identities, as access reviews name them, and the reviews that do; null for all. */
  thingIds: string[] | null
  reviewIds: ReadonlySet<string> | null
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
  if (trusts === undefined) return { trustIds: null, thingIds: null, reviewIds: null, holds: () => true }
  const trustIds = idsIn(trusts).map((id) => id.toLowerCase())
  const where = { organizationId, id: { in: trustIds } }
  const rows = await ctx.db.trust.findMany({ where, select: { id: true, identityId: true } })
  const there = new Set(rows.map(({ id }) => id))
  await requireRemoved(
    ctx,
    organizationId,
    trustIds.filter((id) => !there.has(id)),
  )
  const identityIds = rows.flatMap((row) => row.identityId ?? [])
  return about(trustIds, identityIds, await reviewsOf(ctx, organizationId, [...trustIds, ...identityIds]))
}

/** The access reviews in which one of these things is an item. */
async function reviewsOf({ db }: Context, organizationId: string, thingIds: string[]): Promise<ReadonlySet<string>> {
  const rows = await db.accessReviewItem.findMany({
    where: { organizationId, thingId: { in: thingIds } },
    select: { reviewId: true },
    distinct: ['reviewId'],
  })
  return new Set(rows.map(({ reviewId }) => reviewId))
}

async function ofIdentity(ctx: Context, organizationId: string, identityId: string): Promise<Choice> {
  const { db } = ctx
  const identity = await db.identity.findFirst({ where: { id: identityId, organizationId }, select: { id: true } })
  if (!identity) throw notFound('There is no such identity.')
  const rows = await db.trust.findMany({ where: { organizationId, identityId }, select: { id: true } })
  const trustIds = rows.map(({ id }) => id)
  const { holds, ...choice } = about(
    trustIds,
    [identityId],
    await reviewsOf(ctx, organizationId, [...trustIds, identityId]),
  )
  // Which trusts it has now is in no log; whose login it was is in the record.
  return {
    ...choice,
    holds: (record) => holds(record) || (record.table === 'decision' && record.identityId === identityId),
  }
}

/** Versions outlive their trust. */
async function requireRemoved({ db }: Context, organizationId: string, trustIds: readonly string[]): Promise<void> {
  if (trustIds.length === 0) return
  const where = { trustId: { in: [...trustIds] }, organizationId }
  const rows = await db.trustVersion.findMany({ where, select: { trustId: true }, distinct: ['trustId'] })
  const never = trustIds.find((id) => !rows.some(({ trustId }) => trustId === id))
  if (never !== undefined) throw notFound(`There is no trust ${never}, and there never was.`)
}

function about(trustIds: string[], identityIds: readonly string[], reviewIds: ReadonlySet<string>): Choice {
  const targets = new Set([...trustIds, ...identityIds])
  /** Acts on a review as a whole, and on its items that are about these things. */
  const isOfReview = ({ targetId, after }: EvidenceRecord) => {
    if (typeof targetId !== 'string' || !reviewIds.has(targetId)) return false
    const id = typeof after === 'string' ? storedOrNull(after, ReviewedThing)?.id : undefined
    return id === undefined || targets.has(id)
  }
  const holds = (record: EvidenceRecord) => {
    const { table, trustId, targetId, action } = record
    if (table === 'decision') return typeof trustId === 'string' && targets.has(trustId)
    if (always.includes(String(action)) || isOfReview(record)) return true
    return typeof targetId === 'string' && targets.has(targetId)
  }
  return { trustIds, thingIds: [...targets], reviewIds, holds }
}

/** The thing that a decision of an access review is on. */
const ReviewedThing = z.looseObject({ id: z.string().optional() })
