'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type {
  ListedSessionAnswer,
  SecondStepAnswer,
  SessionAnswer,
  SessionListAnswer,
  SetupState,
  SignedInSession,
  SignInAnswer,
} from '@/lib/apis/admin/session/wire'
import type { SignInProvidersAnswer } from '@/lib/apis/admin/sign-in/wire'
import { type Access, canAccess } from '@/lib/trust/role'
import { request } from './http'
import { signInAgain, wouldLoseText } from './sign-in-again'
import { useInvalidate } from './use-invalidate'

export type { SignedInSession }

const sessionKeys = {
  root: ['session'] as const,
  setup: ['setup'] as const,
  providers: ['sign-in-providers'] as const,
  secondStep: ['second-step'] as const,
}

/** Reads the session from the server. */
export const readSession = async (signal?: AbortSignal): Promise<SignedInSession | null> =>
  (await request<SessionAnswer>('/session', { signal })).session

/**
 * The signed-in person: undefined while loading, null when there is none. While typed text would be lost, a session that
 * has ended is begun again first.
 * @param initial the session of a page that the server rendered for it
 */
export function useSession(initial?: SignedInSession | null) {
  const client = useQueryClient()
  return useQuery<SignedInSession | null>({
    queryKey: sessionKeys.root,
    queryFn: async ({ signal }) => {
      const session = await readSession(signal)
      if (session !== null || !wouldLoseText()) return session
      const isBack = await signInAgain()
      return isBack ? readSession(signal) : (client.getQueryData<SignedInSession>(sessionKeys.root) ?? null)
    },
    initialData: initial,
    // Refetched when the tab gets visible, not on every page.
    staleTime: 60_000,
  })
}

/** Whether the signed-in person may do this; false while loading. The server enforces it. */
export function useCan(access: Access): boolean {
  const { data } = useSession()
  return data ? canAccess(data.role, access) : false
}

/** Whether the installation has no admin yet. */
export function useSetupNeeded() {
  return useQuery({
    queryKey: sessionKeys.setup,
    queryFn: async ({ signal }) => (await request<SetupState>('/setup', { signal })).needed,
    staleTime: 0,
  })
}

/** Creates the first admin and organization; the answer signs in. */
export function useSetUp() {
  return useMutation({
    mutationFn: (body: { organization: string; name?: string; email: string; password: string }) =>
      request<unknown>('/setup', { method: 'POST', body }),
    // A password is in the variables, so the cache drops this.
    gcTime: 0,
  })
}

/** Sign-in methods beside a password; loaded in the background. */
export function useSignInWays() {
  return useQuery({
    queryKey: sessionKeys.providers,
    queryFn: ({ signal }) => request<SignInProvidersAnswer>('/sign-in-providers', { signal }),
  })
}

/** Returns the address that starts a sign-in through a provider; a full load, because it leaves this site. */
export const signInStartHref = (providerId: string, next: string) =>
  `/idps/start/${providerId}?next=${encodeURIComponent(next)}`

export function useSignIn() {
  return useMutation({
    mutationFn: (body: { email: string; password: string }) =>
      request<SignInAnswer>('/session', { method: 'POST', body }),
    gcTime: 0,
  })
}

/** Pending second step of a sign-in in this browser, or null. */
export function useSecondStep({ enabled }: { enabled: boolean }) {
  return useQuery({
    queryKey: sessionKeys.secondStep,
    queryFn: async ({ signal }) => (await request<SecondStepAnswer>('/session/second-step', { signal })).secondStep,
    enabled,
    staleTime: 0,
    refetchOnWindowFocus: false,
  })
}

/** Completes a sign-in with a code. */
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
      // Pending requests must not fail with "not signed in" and redirect a second time.
      await client.cancelQueries()
      // A full load, so that nothing of the ended session stays in memory.
      window.location.replace('/sign-in')
    },
  })
}

/** Changes the signed-in person's password and ends other sessions. */
export function useChangePassword() {
  return useMutation({
    mutationFn: (body: { currentPassword: string; newPassword: string }) =>
      request<void>('/session/password', { method: 'PUT', body }),
    gcTime: 0,
  })
}

export type ListedSession = ListedSessionAnswer

const ownSessions = [...sessionKeys.root, 'own'] as const

/** Sessions of the signed-in person, newest first. */
export function useOwnSessions() {
  return useQuery({
    queryKey: ownSessions,
    queryFn: async ({ signal }) => (await request<SessionListAnswer>('/session/sessions', { signal })).sessions,
  })
}

/** Ends one of the signed-in person's sessions. */
export function useEndSession() {
  const refresh = useInvalidate(ownSessions)
  return useMutation({
    mutationFn: (id: string) => request<void>(`/session/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onSuccess: refresh,
  })
}

/** Sets a new password by an admin's link. */
export function useResetPassword() {
  return useMutation({
    mutationFn: (body: { token: string; newPassword: string }) =>
      request<void>('/password-reset', { method: 'POST', body }),
    gcTime: 0,
  })
}
