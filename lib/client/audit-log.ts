'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { CheckpointAnswer, LogHeadAnswer } from '@/lib/apis/admin/audit-log/wire'
import type { LogProblem, LogResult, VerificationLine } from '@/lib/model/evidence'
import { auditKeys } from './audit'
import { request, requestLines } from './http'

const headKey = [...auditKeys.root, 'log'] as const

/** Where the evidence log of the organization ends. */
export function useLogHead() {
  return useQuery({
    queryKey: headKey,
    queryFn: ({ signal }) => request<LogHeadAnswer>('/audit-log', { signal }),
    staleTime: 0,
  })
}

/** Makes a checkpoint now. */
export function useMakeCheckpoint() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => request<CheckpointAnswer>('/audit-log/checkpoints', { method: 'POST' }),
    onSettled: () => client.invalidateQueries({ queryKey: auditKeys.root }),
  })
}

export type Verification = {
  /** Null until the first progress. */
  percent: number | null
  problems: LogProblem[]
  result: LogResult | null
}

/** Verifies the log. `stop` ends it early, as does leaving the page: a large log takes minutes of the server's work. */
export function useVerifyLog() {
  const client = useQueryClient()
  const [state, setState] = useState<Verification | null>(null)
  const running = useRef<AbortController | null>(null)
  const stop = useCallback(() => running.current?.abort(), [])
  useEffect(() => stop, [stop])
  const verification = useMutation({
    mutationFn: async () => {
      const controller = new AbortController()
      const { signal } = controller
      running.current = controller
      setState({ percent: null, problems: [], result: null })
      try {
        await requestLines<VerificationLine>('/audit-log/verification', {
          signal,
          onLine: (line) => setState((before) => before && next(before, line)),
        })
      } catch (error) {
        if (!signal.aborted) throw error
        setState(null)
      }
    },
    // The log grows meanwhile: its head shall not say less than what was verified.
    onSettled: () => client.invalidateQueries({ queryKey: headKey }),
  })
  return { ...verification, state, stop }
}

function next(before: Verification, line: VerificationLine): Verification {
  if ('result' in line) return { ...before, percent: 100, result: line.result }
  if ('problem' in line) return { ...before, problems: [...before.problems, line.problem] }
  const { done, total } = line.progress
  return { ...before, percent: total === 0 ? null : Math.floor((100 * done) / total) }
}
