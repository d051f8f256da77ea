'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import type { PeopleAccessAnswer, PersonAccessAnswer } from '@/lib/apis/admin/people-access/wire'
import { request } from './http'
import { memberKeys } from './members'
import { toQueryString } from './query-string'

export type PersonAccess = PersonAccessAnswer

/** Who can see what, page by page. */
export function usePeopleAccess() {
  return useInfiniteQuery({
    queryKey: [...memberKeys.root, 'access'],
    queryFn: ({ pageParam, signal }) =>
      request<PeopleAccessAnswer>(`/people-access${toQueryString({ cursor: pageParam })}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ people }) => people),
  })
}
