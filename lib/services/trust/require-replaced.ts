import { AppError } from '@/lib/errors'
import { jsonText } from '@/lib/trust/json-text'
import { type ClaimRule, type KeySource, type Trust, TrustDraft } from '@/lib/trust/trust'

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
    `A part of what is stored of this trust cannot be read (${[...unreadable].join(', ')}), so it cannot be changed in parts. Give all of its keys, rules and token settings, or remove it and create it again.`,
    { reason: 'stored_unreadable' },
  )
}

/** What one column says by itself, or has a stand-in that allows nothing. */
const given = new Set(['keys', 'rules', 'grant', 'name', 'issuer', 'foreign', 'sequence'])

/** Null where the change cannot be made of other stand-ins. */
function draftOf(change: (before: Trust) => unknown, before: Trust): TrustDraft | null {
  try {
    return TrustDraft.parse(change(before))
  } catch {
    return null
  }
}

function otherStandIns({ method, grant }: Trust): Pick<Trust, 'keys' | 'rules' | 'grant'> {
  const url = 'https://other.unreadable.invalid/'
  const keys: KeySource[] = [{ kind: method === 'oidc' ? 'oidc-discovery' : 'jwks-url', url, caCert: '' }]
  return { keys, rules: otherRules(method), grant: { ...grant, ...otherGrant } }
}

/** In the words of the API of that method. */
function otherRules(method: Trust['method']): ClaimRule[] {
  const values = ['unreadable']
  const aud: ClaimRule = {
    path: 'aud',
    matcher: { kind: method === 'issuer' || method === 'sign-in' ? 'equals-any' : 'glob-any', values },
    whenAbsent: 'refuse',
  }
  if (method === 'sign-in') return [aud]
  if (method === 'issuer') return [aud, { path: 'roles', matcher: { kind: 'subset-of', values }, whenAbsent: 'allow' }]
  const bound = (path: string): ClaimRule => ({ path, matcher: { kind: 'glob-any', values }, whenAbsent: 'refuse' })
  return [aud, bound('sub'), bound('unreadable')]
}

const otherGrant = { ttlSeconds: 2, ttlSecondsMax: 2, usesMax: 2, trustedIps: ['255.255.255.254/32'] }
