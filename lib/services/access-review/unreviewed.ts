import type { ReviewedKind } from '@/lib/model/access-review'
import { requireAccess } from '../access'
import type { Context } from '../context'
import { settingsIn } from '../organization/settings'
import { things } from './things'

/** Things of a kind that are counted, and that are looked at for it. */
const [countedMax, lookedMax, pageThings] = [1_000, 5_000, 500]
const dayMs = 24 * 3600 * 1000

export type Unreviewed = {
  /** Days after which a thing is due for a review; null = none is. */
  intervalDays: number | null
  identities: number
  trusts: number
  people: number
  /** Whether there may be more. */
  isMore: boolean
}

/** Counts what is older than the interval of the organization, and was decided on in no review since. */
export async function countUnreviewed(ctx: Context): Promise<Unreviewed> {
  const { organizationId } = requireAccess(ctx, 'read')
  const { reviewIntervalDays: intervalDays } = await settingsIn(ctx.db, organizationId)
  if (intervalDays === null) return { intervalDays, identities: 0, trusts: 0, people: 0, isMore: false }
  const since = new Date(ctx.now().getTime() - intervalDays * dayMs)
  const identities = await countOf(ctx, organizationId, 'identity', since)
  const trusts = await countOf(ctx, organizationId, 'trust', since)
  const people = await countOf(ctx, organizationId, 'person', since)
  return {
    ...{ intervalDays, identities: identities.count, trusts: trusts.count, people: people.count },
    isMore: [identities, trusts, people].some(({ isMore }) => isMore),
  }
}

async function countOf(ctx: Context, organizationId: string, kind: ReviewedKind, since: Date) {
  let [count, looked] = [0, 0]
  for (let cursor: string | undefined; ; ) {
    const page = await things[kind].page({ db: ctx.db, organizationId, now: ctx.now() }, { cursor, limit: pageThings })
    const due = page.rows.filter(({ createdAt }) => createdAt < since).map(({ id }) => id)
    const reviewed = await ctx.db.accessReviewItem.findMany({
      where: { organizationId, thingId: { in: due }, decidedAt: { gte: since } },
      select: { thingId: true },
    })
    count += due.length - new Set(reviewed.map(({ thingId }) => thingId)).size
    looked += page.rows.length
    if (page.next === null) return { count, isMore: false }
    if (count >= countedMax || looked >= lookedMax) return { count, isMore: true }
    cursor = page.next
  }
}
