import { AppError } from '@/lib/errors'
import { spanned } from '@/lib/spans'
import type { Check } from '@/lib/trust/engine/verdict'
import { countLogin } from '../metrics/metrics'

/** Runs a login, counts it, and records it as a span, with what it came to and how long it took. */
export async function countedLogin<Outcome extends { accepted: true } | { accepted: false; check: Check }>(
  method: string,
  attempt: () => Promise<Outcome>,
): Promise<Outcome> {
  const startedMs = performance.now()
  return spanned('login', { attributes: { 'keybound.method': method } }, async (span) => {
    const count = (result: 'accepted' | 'refused' | 'error', reason: string) => {
      span.set({ 'keybound.result': result, 'keybound.reason': reason })
      countLogin({ method, result, reason, seconds: (performance.now() - startedMs) / 1000 })
    }
    try {
      const outcome = await attempt()
      if (outcome.accepted) count('accepted', '')
      else count('refused', outcome.check.reason ?? 'refused')
      return outcome
    } catch (error) {
      count('error', error instanceof AppError ? error.kind : 'unexpected')
      throw error
    }
  })
}
