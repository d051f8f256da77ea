import type { Dead } from '../analysis/deadness'
import type { BoundClaim } from './reading'

/** Whether a rule accepts nothing because of a claim's type, or because of dots in an address: what L21 reports. */
export function isTypeFault({ why, didYouMean = '' }: Dead, { rule, claim, allowed }: BoundClaim): boolean {
  if (why === 'wrong-type') return true
  if (why === 'not-sent') return /[./]/.test(rule.path + didYouMean) && didYouMean !== ''
  const sent = claim?.type === 'boolean' ? ['true', 'false'] : (claim?.values ?? [])
  const isYesOrNo = sent.length > 0 && sent.every((value) => value === 'true' || value === 'false')
  return isYesOrNo && allowed.every(({ kind, text }) => kind === 'exact' && /^(?:yes|no|1|0|on|off|t|f)$/i.test(text))
}
