'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { IdentityKind } from '@/lib/trust/kinds'
import { decisionKeys } from './decisions'
import { meteredFetch } from './token-meter'

/** How a login ended: with an access token, which is revoked at once, or with the server's words. */
export type LoginOutcome = { accepted: boolean; message: string }

/** What a token of this tab logs in as: an identity, or the issuer that the token names. */
export type LoginPlace = { identityId: string; kind: IdentityKind } | 'issuer'

/**
 * Logs in as a workload does, with a token of this tab; the user asked for it. The access token is dropped and revoked: the page
 * needs none.
 */
export function useRealLogin(place: LoginPlace) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (token: string): Promise<LoginOutcome> => {
      const answer =
        place === 'issuer'
          ? await post('/auth/v1/tokens', { token })
          : await post(`/api/v1/auth/${place.kind}-auth/login`, { identityId: place.identityId, jwt: token })
      const { accessToken, message } = await membersOf(answer)
      if (!answer.ok) return { accepted: false, message: message ?? `The server answered ${answer.status}.` }
      if (accessToken) await post('/api/v1/auth/token/revoke', { accessToken })
      return { accepted: true, message: 'Accepted. The access token was revoked again.' }
    },
    onSettled: () => client.invalidateQueries({ queryKey: decisionKeys.root }),
  })
}

const post = (url: string, body: object) =>
  meteredFetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
    // A machine has no session.
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
  })

async function membersOf(answer: Response): Promise<{ accessToken?: string; message?: string }> {
  const body: unknown = await answer.json().catch(() => null)
  const text = (name: string) => {
    const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
    return typeof value === 'string' ? value : undefined
  }
  return { accessToken: text('accessToken'), message: text('message') }
}
