import { AppError } from '@/lib/errors'
import { jsonText } from '@/lib/trust/json/json-text'
import { definitionOf } from '@/lib/trust/kinds'
import type { KeySource } from '@/lib/trust/policy'
import { toPublished } from '@/lib/trust/published-trust'
import { type Trust, TrustDraft } from '@/lib/trust/trust'

/**
 * Ends a change that would keep, and so make valid, a stand-in for what cannot be read of a trust. What the change keeps is found
 * by making it once more with other stand-ins: what differs then was not given anew.
 * Where keys, rules and grant are all given, it is as if the trust was created again, and what the caller's API has no words for
 * gets its default.
 * @param draft what the change makes of `before`
 * @throws AppError `rule`
 */
export function requireReplaced(before: Trust, draft: TrustDraft, change: (before: Trust) => unknown): void {
  const unreadable = new Set(before.unreadable)
  const columns = before.identityId === null ? (['keys', 'rules'] as const) : (['keys', 'rules', 'grant'] as const)
  const isGivenPart = [...unreadable].every((column) => given.has(column))
  const needed = isGivenPart ? columns.filter((column) => unreadable.has(column)) : columns
  const other = draftOf(change, { ...before, ...otherStandIns(before) })
  if (other && needed.every((column) => jsonText(other[column]) === jsonText(draft[column]))) return
  throw new AppError(
    'rule',
    `A part of what is stored of this trust cannot be read (${toPublished(before).unreadable?.join(', ')}), so it cannot be changed in parts. Give all of its keys, rules and token settings, or remove it and create it again.`,
    { reason: 'stored_unreadable' },
  )
}

/** The value of one column, or a stand-in that allows nothing. */
const given = new Set(['keys', 'rules', 'grant', 'name', 'issuer', 'options', 'sequence'])

/** Null where the change cannot be made of other stand-ins. */
function draftOf(change: (before: Trust) => unknown, before: Trust): TrustDraft | null {
  try {
    return TrustDraft.parse(change(before))
  } catch {
    return null
  }
}

function otherStandIns({ kind, grant }: Trust): Pick<Trust, 'keys' | 'rules' | 'grant'> {
  const { keySource, publishedRules } = definitionOf(kind)
  const keys: KeySource[] = [{ kind: keySource, url: 'https://other.unreadable.invalid/', caCert: '' }]
  return { keys, rules: publishedRules(['unreadable']), grant: { ...grant, ...otherGrant } }
}

const otherGrant = { ttlSeconds: 2, ttlSecondsMax: 2, usesMax: 2, trustedIps: ['255.255.255.254/32'] }
