'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  type ListedSessionAnswer,
  SecondStepAnswer,
  SessionAnswer,
  SessionListAnswer,
  SetupState,
  type SignedInSession,
  SignInAnswer,
} from '@/lib/apis/admin/session/wire'
import { SignInProvidersAnswer } from '@/lib/apis/admin/sign-in/wire'
import { type Access, canAccess } from '@/lib/trust/role'
import { request } from './http'
import { useInvalidate } from './use-invalidate'

export type { SignedInSession }

const sessionKeys = {
  root: ['session'] as const,
  setup: ['setup'] as const,
  providers: ['sign-in-providers'] as const,
  secondStep: ['second-step'] as const,
}

/** Who is signed in: undefined while nobody knows yet, null when nobody is. */
export function useSession() {
  return useQuery<SignedInSession | null>({
    queryKey: sessionKeys.root,
    queryFn: async ({ signal }) => (await request('/session', { signal, schema: SessionAnswer })).session,
    // The shell stands on it: asked again when the tab is looked at again, not on every page.
    staleTime: 60_000,
  })
}

/** Whether the signed-in person may do this; false while nobody knows. Hiding is courtesy: the server decides. */
export function useCan(access: Access): boolean {
  const { data } = useSession()
  return data ? canAccess(data.role, access) : false
}

/** Whether the installation is empty and waits for its first admin. */
export function useSetupNeeded() {
  return useQuery({
    queryKey: sessionKeys.setup,
    queryFn: async ({ signal }) => (await request('/setup', { signal, schema: SetupState })).needed,
    staleTime: 0,
  })
}

/** Makes the first admin and organization; the answer signs them in. */
export function useSetUp() {
  return useMutation({
    mutationFn: (body: { organization: string; name?: string; email: string; password: string }) =>
      request<unknown>('/setup', { method: 'POST', body }),
    // A password is in the variables: nothing of this stays in the cache.
    gcTime: 0,
  })
}

/** The ways to sign in beside a password; nothing waits for them. */
export function useSignInWays() {
  return useQuery({
    queryKey: sessionKeys.providers,
    queryFn: ({ signal }) => request('/sign-in-providers', { signal, schema: SignInProvidersAnswer }),
  })
}

/** Where a sign-in through a provider begins; a full load, for it leaves this site. */
export const signInStartHref = (providerId: string, next: string) =>
  `/idps/start/${providerId}?next=${encodeURIComponent(next)}`

export function useSignIn() {
  return useMutation({
    mutationFn: (body: { email: string; password: string }) =>
      request('/session', { method: 'POST', body, schema: SignInAnswer }),
    gcTime: 0,
  })
}

/** What a sign-in that was begun in this browser waits for; null where it waits for nothing. */
export function useSecondStep({ enabled }: { enabled: boolean }) {
  return useQuery({
    queryKey: sessionKeys.secondStep,
    queryFn: async ({ signal }) =>
      (await request('/session/second-step', { signal, schema: SecondStepAnswer })).secondStep,
    enabled,
    staleTime: 0,
    refetchOnWindowFocus: false,
  })
}

/** Ends a sign-in by a code. */
export function useCompleteSecondStep() {
  return useMutation({
    mutationFn: (code: string) => request<unknown>('/session/second-step', { method: 'POST', body: { code } }),
    gcTime: 0,
  })
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => request<void>('/session', { method: 'DELETE' }),
    onSuccess: async () => {
      // What is under way must not come back with "not signed in" and lead to the sign-in a second time.
      await client.cancelQueries()
      // A full load, not a soft navigation: nothing of the ended session stays in memory.
      window.location.replace('/sign-in')
    },
  })
}

/** Changes one's own password and ends the other sessions. */
export function useChangePassword() {
  return useMutation({
    mutationFn: (body: { currentPassword: string; newPassword: string }) =>
      request<void>('/session/password', { method: 'PUT', body }),
    gcTime: 0,
  })
}

export type ListedSession = ListedSessionAnswer

const ownSessions = [...sessionKeys.root, 'own'] as const

/** One's own sessions, the newest first. */
export function useOwnSessions() {
  return useQuery({
    queryKey: ownSessions,
    queryFn: async ({ signal }) => (await request('/session/sessions', { signal, schema: SessionListAnswer })).sessions,
  })
}

/** Ends one of one's own sessions. */
export function useEndSession() {
  const refresh = useInvalidate(ownSessions)
  return useMutation({
    mutationFn: (id: string) => request<void>(`/session/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSuccess: refresh,
  })
}

/** Sets a new password by a link that an admin has made. */
export function useResetPassword() {
  return useMutation({
    mutationFn: (body: { token: string; newPassword: string }) =>
      request<void>('/password-reset', { method: 'POST', body }),
    gcTime: 0,
  })
}
