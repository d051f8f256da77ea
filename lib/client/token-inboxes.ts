'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import type { InboxInput, OpenedInboxAnswer, TokenInboxAnswer } from '@/lib/apis/admin/token-inboxes/wire'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import { request } from './http'
import { shellWord } from './snippets'

export type TokenInbox = TokenInboxAnswer

/** Opens an inbox that judges its token by a draft. */
export function useOpenInbox() {
  return useMutation({
    mutationFn: ({ kind, options, ...policy }: JudgedPolicy) => {
      // The draft as it is typed; what the schema does not take is named by the server.
      const body = { trust: { ...policy, method: kind, options } } as InboxInput
      return request<OpenedInboxAnswer>('/token-inboxes', { method: 'POST', body })
    },
  })
}

/** Pause between two looks for a token, in milliseconds. */
const pauseMs = 2000

/** An inbox of one's own: looks for its token while the page is seen, until it is judged. One row by its id, whatever server took it. */
export function useInbox(id: string | null) {
  return useQuery({
    queryKey: ['token-inboxes', id],
    queryFn: ({ signal }) => request<TokenInboxAnswer>(`/token-inboxes/${id}`, { signal }),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data?.evaluation || state.error ? false : pauseMs),
    staleTime: 0,
    gcTime: 0,
    retry: 3,
  })
}

/** Removes an inbox of one's own, with what it has caught. */
export function useCloseInbox() {
  return useMutation({ mutationFn: (id: string) => request<void>(`/token-inboxes/${id}`, { method: 'DELETE' }) })
}

/** Returns the command that sends the token in `$JWT` to an inbox. A JWT has no characters to escape in JSON. */
export const catchCommand = (origin: string, secret: string): string =>
  [
    `curl --fail-with-body --silent --show-error ${shellWord(`${origin}/api/admin/caught-tokens`)} \\`,
    `  --header 'content-type: application/json' \\`,
    `  --data "{\\"inbox\\":\\"${secret}\\",\\"token\\":\\"$JWT\\"}"`,
  ].join('\n')
