'use client'

import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import type {
  SubjectFormInput,
  SubjectMigrationAnswer,
  SubjectMigrationListAnswer,
} from '@/lib/apis/admin/posture/migration/wire'
import { request } from './http'
import { postureKeys } from './posture'
import { toQueryString } from './query-string'
import { trustKeys } from './trusts'
import { useInvalidate } from './use-invalidate'

export type SubjectMigration = SubjectMigrationAnswer

const migrationKey = [...postureKeys.root, 'github-subjects'] as const

/** Trusts of GitHub Actions by the form of their subject, as many as were loaded. */
export function useSubjectMigration() {
  return useInfiniteQuery({
    queryKey: migrationKey,
    queryFn: ({ pageParam, signal }) =>
      request<SubjectMigrationListAnswer>(`/posture/github-subjects${toQueryString({ after: pageParam })}`, {
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ trusts }) => trusts),
  })
}

/** Takes the next step of a trust. */
export function useChangeSubjectForm() {
  const refresh = useInvalidate(postureKeys.root, trustKeys.all(), ['audit'])
  return useMutation({
    mutationFn: ({ trustId, change }: SubjectFormInput & { trustId: string }) =>
      request<SubjectMigrationAnswer>(`/trusts/${encodeURIComponent(trustId)}/subject-form`, {
        ...{ method: 'POST', body: { change } },
      }),
    onSuccess: refresh,
  })
}
