'use client'

import { useOpenReviews, useUnreviewed } from '@/lib/client/reviews'
import { decidedWords } from '@/lib/model/access-review-facts'

type Due = { href: string; chip: string; name: string; words: string }

/** Access reviews that are overdue, and what is due for one; with the two answers they are made of. */
export function useDueReviews() {
  const open = useOpenReviews()
  const unreviewed = useUnreviewed()
  return { reviews: dueOf(open.data, unreviewed.data), answers: [open, unreviewed] }
}

function dueOf(open: ReturnType<typeof useOpenReviews>['data'], unreviewed: Unreviewed | undefined): Due[] {
  const overdue = (open?.reviews ?? []).filter(({ isOverdue }) => isOverdue)
  const due = unreviewed ? dueWords(unreviewed) : ''
  return [
    ...overdue.map((review) => ({
      ...{ href: `/reviews/${review.id}`, chip: 'Overdue', name: review.name, words: `${decidedWords(review)}.` },
    })),
    ...(due === '' ? [] : [{ href: '/reviews', chip: 'Due', name: 'Not reviewed lately', words: due }]),
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
