import { type Part, whoElse } from '@/lib/trust/analysis/who-else'
import type { JsonObject } from '@/lib/trust/json/json'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'
import type { Preset } from '@/lib/trust/presets/preset'
import { recognise } from '@/lib/trust/presets/recognise'
import type { PartAnswer } from './posture'

/** Says for each part of a token whether the rules leave it open, as plain data; none for a trust that accepts nothing. */
export function partAnswers(policy: JudgedPolicy, preset: Preset, sample?: JsonObject): PartAnswer[] | 'unknown' {
  const found = whoElse(policy, preset, sample ? recognise(sample).facts : {})
  if (found === 'unknown') return 'unknown'
  if (found.dead) return []
  return [...(found.tenant ? [found.tenant] : []), ...found.callers, ...found.contexts].map(toPartAnswer)
}

const toPartAnswer = ({ role, title, status, witness }: Part): PartAnswer => ({
  ...{ role, title, status },
  ...(witness ? { witness: { subject: witness.subject, claims: witness.claims } } : {}),
})
