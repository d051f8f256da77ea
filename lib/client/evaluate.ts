'use client'

import { useMutation } from '@tanstack/react-query'
import type { EvaluateInput, EvaluationAnswer } from '@/lib/apis/admin/posture/wire'
import type { SessionListAnswer } from '@/lib/apis/admin/session/wire'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import { request } from './http'

/** Has the server judge a token by a draft. The user asked for it: the token is sent to our server, which keeps neither it nor the verdict. */
export function useEvaluate() {
  return useMutation({
    mutationFn: ({ token, draft, ip }: { token: string; draft: JudgedPolicy; ip: string }) => {
      const { kind, options, ...policy } = draft
      // The draft as it is typed; what the schema does not take is named by the server.
      const body = { trust: { ...policy, method: kind, options }, token, ...(ip ? { ip } : {}) } as EvaluateInput
      return request<EvaluationAnswer>('/evaluate', { method: 'POST', body })
    },
  })
}

/** The address from which the signed-in person's session began; null where it is not known. */
export function useOwnAddress(onFound: (ip: string) => void) {
  return useMutation({
    mutationFn: async () => {
      const { sessions } = await request<SessionListAnswer>('/session/sessions')
      return sessions.find(({ isCurrent }) => isCurrent)?.ip ?? null
    },
    onSuccess: (ip) => ip !== null && onFound(ip),
  })
}
