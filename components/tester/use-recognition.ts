'use client'

import { useAnswer } from '@/lib/client/analysis/use-answer'
import type { RecognitionAnswer } from '@/lib/model/posture'
import type { JsonObject } from '@/lib/trust/json/json'

/** What is known of the issuer and the claims of a token; null without claims and while that is found out. */
export function useRecognition(token: string, claims: JsonObject | null): RecognitionAnswer | null {
  const { answer, isCurrent } = useAnswer('recognise', claims && token, () => ({ claims: claims ?? {} }))
  return isCurrent ? answer : null
}
