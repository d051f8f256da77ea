import type { LikelyCauses } from '@/lib/trust/analysis/likely-causes'
import type { GrantPreview, Verdict } from '@/lib/trust/engine/verdict'
import type { EvaluationAnswer } from './evaluation'
import type { RecognitionAnswer } from './posture'

/** Returns a verdict as plain data. @param now the instant it is judged of, epoch seconds */
export function evaluation(
  { accepted, decisive, checks, header, claims, key, grant }: Verdict,
  recognition: Pick<RecognitionAnswer, 'preset' | 'format'> | null,
  now: number,
  causes?: LikelyCauses[],
): EvaluationAnswer {
  return {
    ...{ accepted, decisive: decisive?.id ?? null, checks, header, claims, key },
    grant: grant && toGrantAnswer(grant),
    ...{ preset: recognition?.preset ?? null, format: recognition?.format ?? null },
    ...(causes ? { causes } : {}),
    at: instantOf(now),
  }
}

const toGrantAnswer = ({ expiresAt, maxExpiresAt, ...rest }: GrantPreview) => ({
  ...rest,
  expiresAt: instantOf(expiresAt),
  maxExpiresAt: instantOf(maxExpiresAt),
})

const instantOf = (seconds: number) => new Date(seconds * 1000).toISOString()
