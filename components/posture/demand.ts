import type { ApiError } from '@/lib/client/api-error'

/** Why the server refused a save: by findings, or for want of a reason. */
export const isDemand = (error: unknown): error is ApiError =>
  error instanceof Error && 'reason' in error && reasons.has(String(error.reason))

const reasons = new Set(['override_needed', 'reason_needed'])
