import { AppError } from '@/lib/errors'
import { definitionOf } from '@/lib/trust/kinds'
import type { Trust } from '@/lib/trust/trust'

/** @throws AppError `forbidden` for a trust that no API may change */
export function requireChangeable(trust: Trust): Trust {
  const fixed = definitionOf(trust.kind).fixed?.(trust.options)
  if (fixed) throw new AppError('forbidden', fixed.message, { reason: fixed.reason })
  return trust
}
