import { perProcess } from '@/lib/per-process'

/** Facts of a failure for the log: never a token, a claim or a secret. */
export type FailureFacts = Record<string, string | number | null>

type FailureLog = (error: unknown, what: string, about: FailureFacts) => void

const held = perProcess<FailureLog>('failure-log')

/** From here on, failures of which no answer tells are logged; until then they are lost. */
export function setFailureLog(failureLog: FailureLog | undefined): void {
  held.value = failureLog
}

/** Logs a failure beside a request, or one that its answer does not tell in full. */
export function logFailed(error: unknown, what: string, about: FailureFacts = {}): void {
  held.value?.(error, what, about)
}
