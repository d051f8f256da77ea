import type { Caution } from '@/components/posture/caution'
import type { Verdict } from '@/lib/trust/engine/verdict'

/** Returns the banner's text for a verdict. `leftOut` counts invalid form fields. Pure. */
export function verdictWords(
  verdict: Verdict,
  { leftOut, isPending, caution = null }: { leftOut: number; isPending: boolean; caution?: Caution | null },
): { tone: 'accepted' | 'refused' | 'attention'; title: string; detail: string } {
  const made = verdict.checks.filter(({ status }) => status !== 'skipped').length
  const failed = verdict.checks.filter(({ status }) => status === 'fail').length
  const warned = verdict.checks.filter(({ status }) => status === 'warn').length
  if (!verdict.accepted) {
    const message = verdict.decisive?.message ?? ''
    if (isPending && verdict.decisive?.id.startsWith('keys.')) {
      return { tone: 'attention', title: 'Waiting for the keys', detail: 'The server is fetching the keys.' }
    }
    const checks = made === 1 ? 'check' : 'checks'
    return {
      tone: 'refused',
      title: `Refused · ${failed} of ${made} ${checks} ${failed === 1 ? 'fails' : 'fail'}`,
      detail: message,
    }
  }
  if (leftOut > 0) {
    return {
      tone: 'attention',
      title: 'Accepted so far',
      detail: `${leftOut === 1 ? 'One field is' : `${leftOut} fields are`} not valid yet and not judged by.`,
    }
  }
  if (caution) return { tone: 'attention', ...caution }
  const title =
    warned === 0
      ? `Accepted · all ${made} checks pass`
      : `Accepted · ${warned} ${warned === 1 ? 'warning' : 'warnings'}`
  const grant = verdict.checks.find(({ id }) => id === 'grant')?.message ?? ''
  return { tone: 'accepted', title, detail: grant }
}
