'use client'

import { queryOptions, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  HoldingsAnswer,
  MemberAnswer,
  type MemberLinkAnswer,
  MemberLinkListAnswer,
  MemberListAnswer,
  RemovalAnswer,
  ResetLinkAnswer,
} from '@/lib/apis/admin/members/wire'
import { SessionListAnswer } from '@/lib/apis/admin/session/wire'
import type { Role } from '@/lib/trust/role'
import { request } from './http'
import { toQueryString } from './query-string'
import { useInvalidate } from './use-invalidate'

export type Member = MemberAnswer

export const memberKeys = { root: ['members'] as const }

/** The organization's people, as many as were loaded. */
export function useMembers() {
  return useInfiniteQuery({
    queryKey: memberKeys.root,
    queryFn: ({ pageParam, signal }) =>
      request(`/members${toQueryString({ cursor: pageParam })}`, { signal, schema: MemberListAnswer }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ members }) => members),
  })
}

/** One person. */
export function useMember(id: string) {
  return useQuery({
    queryKey: [...memberKeys.root, id, 'member'],
    queryFn: ({ signal }) => request(pathOf(id), { signal, schema: MemberAnswer }),
  })
}

/** Adds a person with a first password. */
export function useAddMember() {
  const refresh = useRefreshMembers()
  return useMutation({
    mutationFn: (body: { name: string; email: string; password: string; role: Role }) =>
      request('/members', { method: 'POST', body, schema: MemberAnswer }),
    onSuccess: refresh,
    // A password is in the variables.
    gcTime: 0,
  })
}

export function useChangeMemberRole() {
  const refresh = useRefreshMembers()
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string; role: Role; takeOver?: boolean; links?: boolean }) =>
      request(pathOf(id), { method: 'PATCH', body, schema: MemberAnswer }),
    onSuccess: refresh,
  })
}

/** What is removed with a person, beside sessions. */
export type Removal = { issuedTokens: boolean; heldTokens: boolean; trusts: boolean; links: boolean }

/** Removes a person; their sessions end. */
export function useRemoveMember() {
  const refresh = useRefreshMembers()
  return useMutation({
    mutationFn: ({ id, ...body }: Removal & { id: string }) =>
      request(`${pathOf(id)}/removal`, { method: 'POST', body, schema: RemovalAnswer }),
    onSuccess: refresh,
  })
}

/** A member's sessions, newest first. */
export function useMemberSessions(id: string) {
  return useQuery({
    queryKey: [...memberKeys.root, id, 'sessions'],
    queryFn: async ({ signal }) =>
      (await request(`${pathOf(id)}/sessions`, { signal, schema: SessionListAnswer })).sessions,
  })
}

export function useEndMemberSession(userId: string) {
  const refresh = useRefreshMembers()
  return useMutation({
    mutationFn: (sessionId: string) =>
      request<void>(`${pathOf(userId)}/sessions/${encodeURIComponent(sessionId)}`, { method: 'DELETE' }),
    onSuccess: refresh,
  })
}

export function useEndMemberSessions() {
  const refresh = useRefreshMembers()
  return useMutation({
    mutationFn: (id: string) => request<void>(`${pathOf(id)}/sessions`, { method: 'DELETE' }),
    onSuccess: refresh,
  })
}

/** Resets a member's lost second factor. */
export function useResetSecondFactor() {
  const refresh = useRefreshMembers()
  return useMutation({
    mutationFn: (id: string) => request<void>(`${pathOf(id)}/second-factor`, { method: 'DELETE' }),
    onSuccess: refresh,
  })
}

export type MemberLink = MemberLinkAnswer

/** A member's links to providers. */
export function useMemberLinks(id: string) {
  return useQuery({
    queryKey: [...memberKeys.root, id, 'links'],
    queryFn: async ({ signal }) =>
      (await request(`${pathOf(id)}/links`, { signal, schema: MemberLinkListAnswer })).links,
  })
}

export function useUnlinkMember() {
  const refresh = useRefreshMembers()
  return useMutation({
    mutationFn: ({ userId, linkId }: { userId: string; linkId: string }) =>
      request<void>(`${pathOf(userId)}/links/${encodeURIComponent(linkId)}`, { method: 'DELETE' }),
    onSuccess: refresh,
  })
}

export type Holdings = HoldingsAnswer

const holdingsOf = (id: string) =>
  queryOptions({
    queryKey: [...memberKeys.root, id, 'holdings'],
    queryFn: ({ signal }) => request(`${pathOf(id)}/holdings`, { signal, schema: HoldingsAnswer }),
    staleTime: 0,
  })

/** What a person controls: what a removal ends, and what stays. */
export function useHoldings(id: string) {
  return useQuery(holdingsOf(id))
}

/** The same, fetched on demand. */
export function useFetchHoldings() {
  const client = useQueryClient()
  return (id: string) => client.fetchQuery(holdingsOf(id))
}

/** Creates a link by which a person sets a new password. */
export function useMakeResetLink() {
  return useMutation({
    mutationFn: (id: string) => request(`${pathOf(id)}/password-reset`, { method: 'POST', schema: ResetLinkAnswer }),
    // A secret is in the answer.
    gcTime: 0,
  })
}

const pathOf = (id: string) => `/members/${encodeURIComponent(id)}`

/** The session too: a change of one's own role affects every page. */
const useRefreshMembers = () => useInvalidate(memberKeys.root, ['session'])
