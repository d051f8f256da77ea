'use client'

import { queryOptions, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  HoldingsAnswer,
  MemberAnswer,
  MemberLinkAnswer,
  MemberLinkListAnswer,
  MemberListAnswer,
  RemovalAnswer,
  ResetLinkAnswer,
} from '@/lib/apis/admin/members/wire'
import type { SessionListAnswer } from '@/lib/apis/admin/session/wire'
import type { Role } from '@/lib/trust/role'
import { request } from './http'
import { toQueryString } from './query-string'
import { useInvalidate } from './use-invalidate'

export type Member = MemberAnswer

export const memberKeys = { root: ['members'] as const }

/** The organization's people, as many as were loaded. */
export function useMembers({ enabled = true } = {}) {
  return useInfiniteQuery({
    enabled,
    queryKey: memberKeys.root,
    queryFn: ({ pageParam, signal }) =>
      request<MemberListAnswer>(`/members${toQueryString({ cursor: pageParam })}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ members }) => members),
  })
}

/** One person. */
export function useMember(id: string) {
  return useQuery({
    queryKey: [...memberKeys.root, id, 'member'],
    queryFn: ({ signal }) => request<MemberAnswer>(pathOf(id), { signal }),
  })
}

/** Adds a person with a first password. */
export function useAddMember() {
  const refresh = useRefreshMembers()
  return useMutation({
    mutationFn: (body: { name: string; email: string; password: string; role: Role }) =>
      request<MemberAnswer>('/members', { method: 'POST', body }),
    onSuccess: refresh,
    // A password is in the variables.
    gcTime: 0,
  })
}

export function useChangeMemberRole() {
  const refresh = useRefreshMembers()
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string; role: Role; takeOver?: boolean; links?: boolean }) =>
      request<MemberAnswer>(pathOf(id), { method: 'PATCH', body }),
    onSuccess: refresh,
  })
}

/** Records removed with a person, beside sessions. */
export type Removal = { issuedTokens: boolean; heldTokens: boolean; trusts: boolean; links: boolean }

/** Removes a person; their sessions end. */
export function useRemoveMember() {
  const refresh = useRefreshMembers()
  return useMutation({
    mutationFn: ({ id, ...body }: Removal & { id: string }) =>
      request<RemovalAnswer>(`${pathOf(id)}/removal`, { method: 'POST', body }),
    onSuccess: refresh,
  })
}

/** A member's sessions, newest first. */
export function useMemberSessions(id: string) {
  return useQuery({
    queryKey: [...memberKeys.root, id, 'sessions'],
    queryFn: async ({ signal }) => (await request<SessionListAnswer>(`${pathOf(id)}/sessions`, { signal })).sessions,
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
    queryFn: async ({ signal }) => (await request<MemberLinkListAnswer>(`${pathOf(id)}/links`, { signal })).links,
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
    queryFn: ({ signal }) => request<HoldingsAnswer>(`${pathOf(id)}/holdings`, { signal }),
    staleTime: 0,
  })

/** Trusts and tokens that a person controls: those that a removal ends, and those that stay. */
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
    mutationFn: (id: string) => request<ResetLinkAnswer>(`${pathOf(id)}/password-reset`, { method: 'POST' }),
    // A secret is in the answer.
    gcTime: 0,
  })
}

const pathOf = (id: string) => `/members/${encodeURIComponent(id)}`

/** The session too: a change of one's own role affects every page. */
const useRefreshMembers = () => useInvalidate(memberKeys.root, ['session'])
