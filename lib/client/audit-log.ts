'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
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

/** Verifies the log; `stop` ends it early. */
export function useVerifyLog() {
  const [state, setState] = useState<Verification | null>(null)
  const abort = useRef<AbortController | null>(null)
  const verification = useMutation({
    mutationFn: async () => {
      abort.current = new AbortController()
      setState({ percent: null, problems: [], result: null })
      await requestLines<VerificationLine>('/audit-log/verification', {
        signal: abort.current.signal,
        onLine: (line) => setState((before) => before && next(before, line)),
      })
    },
  })
  return { ...verification, state, stop: () => abort.current?.abort() }
}

function next(before: Verification, line: VerificationLine): Verification {
  if ('result' in line) return { ...before, percent: 100, result: line.result }
  if ('problem' in line) return { ...before, problems: [...before.problems, line.problem] }
  const { done, total } = line.progress
  return { ...before, percent: total === 0 ? null : Math.floor((100 * done) / total) }
}
