import { z } from 'zod'
import type { Review } from '@/lib/client/analysis/questions'
import type { ApiError } from '@/lib/client/api-error'
import { type ChangeReasons, demandsOf } from '@/lib/model/change-demands'
import { saysWhy } from '@/lib/model/reason'
import type { JudgedPolicy } from '@/lib/trust/posture/subject'

/** A finding that has to be overridden. */
export type Blocking = { id: string; message: string; witness?: string | undefined }

/** What a save must state: the rules that it overrides, and why. */
export type Demanded = { blocking: Blocking[]; needsReason: boolean }

/**
 * What the review finds, and what the server has demanded beyond it: it may know more. Pure.
 * @param review null while it is not known
 */
export function demandedOf(
  { before, after }: { before: JudgedPolicy | null; after: JudgedPolicy },
  review: Review | null,
  refused: Pick<ApiError, 'reason' | 'fields'> | null,
): Demanded {
  const found = review
    ? demandsOf({
        relation: review.relation,
        before: before && { enabled: before.enabled, findings: review.before?.findings ?? [] },
        after: { enabled: after.enabled, findings: review.after.findings },
      })
    : { blocking: [], needsReason: false }
  const known = new Set(found.blocking.map(({ id }) => id))
  const more = demandedBy(refused)
  return {
    blocking: [...found.blocking, ...more.blocking.filter(({ id }) => !known.has(id))],
    needsReason: found.needsReason || more.needsReason,
  }
}

/** What the server requires, from its answer to a change without it; null = it has not been asked. */
export function demandedBy(refused: Pick<ApiError, 'reason' | 'fields'> | null): Demanded {
  const isBlocked = refused?.reason === 'override_needed'
  return {
    blocking: isBlocked ? refused.fields.map(({ code: id, message }) => ({ id, message })) : [],
    needsReason: refused !== null,
  }
}

export type JustificationForm = { reason: string; isAccepted: boolean }

/** Schema of the input, depending on what is required. */
export const justificationSchema = ({ blocking, needsReason }: Demanded) =>
  z.object({
    reason: z
      .string()
      .trim()
      .max(1000, 'Say it in at most 1000 characters.')
      .refine((text) => !needsReason || saysWhy(text), 'Say why in at least 10 characters.'),
    isAccepted: z
      .boolean()
      .refine((isAccepted) => isAccepted || blocking.length === 0, 'Tick this to save it as it is, or keep editing.'),
  })

/** Members of the request body that justify a save. */
export function toChangeReasons({ blocking, needsReason }: Demanded, { reason }: JustificationForm): ChangeReasons {
  if (!needsReason) return {}
  return blocking.length > 0 ? { override: { rules: rulesOf(blocking), reason } } : { reason }
}

/** The rules of findings, each once. */
export const rulesOf = (blocking: readonly Blocking[]): string[] => [...new Set(blocking.map(({ id }) => id))]
