'use client'

import { useEffect, useRef } from 'react'
import { type ReviewDetail, useCollectItems, useSettleNarrowed } from '@/lib/client/reviews'
import { useCan } from '@/lib/client/session'

/** Takes the items of a review, request after request, while an admin has its page open. */
export function useCollecting({ id, state }: ReviewDetail) {
  const canCollect = useCan('administer')
  const { mutate, isPending, error } = useCollectItems(id)
  const isDue = state === 'collecting' && canCollect && !isPending && !error
  useEffect(() => {
    if (isDue) mutate()
  }, [isDue, mutate])
  return { error, retry: () => mutate() }
}

/** Looks once whether what was to become narrower has, when a reviewer opens the page. */
export function useSettling({ id, state, narrowing, mayDecide }: ReviewDetail) {
  const { mutate } = useSettleNarrowed(id)
  const hasLooked = useRef(false)
  useEffect(() => {
    if (hasLooked.current || state !== 'open' || narrowing === 0 || !mayDecide) return
    hasLooked.current = true
    mutate({})
  }, [state, narrowing, mayDecide, mutate])
}
