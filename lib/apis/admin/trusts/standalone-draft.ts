import type { z } from 'zod'
import { AppError, invalidField } from '@/lib/errors'
import { issuerOptionsOf, toIssuerDraft } from '@/lib/trust/issuer-options'
import { signInApi, signInOptionsOf, withSubject } from '@/lib/trust/sign-in-options'
import type { Trust, TrustDraft } from '@/lib/trust/trust'
import type { StandaloneTrustInput } from './wire'

type Sent = z.output<typeof StandaloneTrustInput>
type Draft = z.input<typeof TrustDraft>

/** The trust that was sent. What nobody can send is kept from `before`. */
export function toDraft(sent: Sent, before: Trust | null): Draft {
  const draft = sent.method === 'issuer' ? issuerDraft(sent, before) : signInDraft(sent, before)
  return { ...draft, foreign: { ...before?.foreign, ...draft.foreign } }
}

function issuerDraft({ project, name, ...policy }: Extract<Sent, { method: 'issuer' }>, before: Trust | null): Draft {
  const { internal = false, static: isStatic = false } = (before && issuerOptionsOf(before)) ?? {}
  return toIssuerDraft({ ...policy, name: name ?? before?.name }, { project, internal, static: isStatic })
}

function signInDraft({ signIn, rules, ...rest }: Extract<Sent, { method: 'sign-in' }>, before: Trust | null): Draft {
  const owner = (before && signInOptionsOf(before)?.owner) ?? 'system'
  return { ...rest, identityId: null, rules: withSubject(rules), foreign: { [signInApi]: { ...signIn, owner } } }
}

/**
 * Ends a change of a trust that has its own path.
 * @throws AppError `rule` for the trust of an identity
 */
export function requireStandalone({ identityId, method, unreadable = [] }: Trust) {
  // One of an unknown method has no other path.
  if (identityId === null || unreadable.includes('method')) return
  const path = `/api/admin/identities/${identityId}/trusts/${method}`
  throw new AppError('rule', `This trust belongs to an identity. Change or remove it at ${path}.`, {
    reason: 'belongs_to_identity',
  })
}

/**
 * What stands alone stays what it is: by another method it would be another thing, and an issuer is known by its `iss`.
 * @throws AppError `rule` (it belongs to an identity), `invalid`
 */
export function requireSameTrust(before: Trust, sent: Sent) {
  requireStandalone(before)
  if (sent.method !== before.method) {
    const message = `This trust has the method ${before.method}, which cannot change. Create another trust instead.`
    throw invalidField(['method'], message, 'method_mismatch')
  }
  if (sent.method === 'issuer' && sent.issuer !== before.issuer) {
    throw invalidField(['issuer'], 'An issuer cannot be renamed: create the other one.', 'iss_mismatch')
  }
}
