'use client'

import { useOpenReviews, useUnreviewed } from '@/lib/client/reviews'
import { decidedWords } from '@/lib/model/access-review-facts'

type Due = { href: string; name: string; words: string }

/** Access reviews that are overdue, and what is due for one. */
export function useDueReviews(): Due[] {
  const { data: open } = useOpenReviews()
  const { data: unreviewed } = useUnreviewed()
  const overdue = (open?.reviews ?? []).filter(({ isOverdue }) => isOverdue)
  const due = unreviewed ? dueWords(unreviewed) : ''
  return [
    ...overdue.map((review) => ({
      ...{ href: `/reviews/${review.id}`, name: review.name, words: `Overdue: ${decidedWords(review)}.` },
    })),
    ...(due === '' ? [] : [{ href: '/reviews', name: 'Not reviewed lately', words: due }]),
  ]
}

type Unreviewed = NonNullable<ReturnType<typeof useUnreviewed>['data']>

/** "12 identities, 3 trusts were in no review for 90 days."; empty where nothing is due. */
function dueWords({ intervalDays, identities, trusts, people, isMore }: Unreviewed): string {
  const parts = [
    ...(identities > 0 ? [counted(identities, 'identity', 'identities')] : []),
    ...(trusts > 0 ? [counted(trusts, 'trust', 'trusts')] : []),
    ...(people > 0 ? [counted(people, 'person', 'people')] : []),
  ]
  if (parts.length === 0) return ''
  return `${isMore ? 'At least ' : ''}${parts.join(', ')} without a decision in ${intervalDays} days.`
}

const counted = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`
