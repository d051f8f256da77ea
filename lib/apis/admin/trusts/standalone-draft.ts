import type { z } from 'zod'
import { AppError, invalidField } from '@/lib/errors'
import { issuer, signIn } from '@/lib/trust/kinds'
import { toIssuerDraft } from '@/lib/trust/kinds/issuer'
import { withSubject } from '@/lib/trust/kinds/sign-in'
import type { Trust, TrustDraft } from '@/lib/trust/trust'
import type { StandaloneTrustInput } from './wire'

type Sent = z.output<typeof StandaloneTrustInput>
type Draft = z.input<typeof TrustDraft>

/** Returns the draft that was sent. Options that cannot be sent are kept from `before`. */
export const toDraft = (sent: Sent, before: Trust | null): Draft =>
  sent.method === issuer.kind ? issuerDraft(sent, before) : signInDraft(sent, before)

function issuerDraft(
  { project, name, method: _, reason: __, override: ___, ...policy }: SentOf<'issuer'>,
  before: Trust | null,
): Draft {
  const kept = before && issuer.is(before) ? before.options : {}
  return toIssuerDraft({ ...policy, name: name ?? before?.name }, { ...kept, project })
}

function signInDraft(
  { signIn: options, rules, method: kind, reason: _, override: __, ...rest }: SentOf<'sign-in'>,
  before: Trust | null,
): Draft {
  const owner = before && signIn.is(before) ? before.options.owner : 'system'
  return { ...rest, kind, identityId: null, rules: withSubject(rules), options: { ...options, owner } }
}

type SentOf<Method extends Sent['method']> = Extract<Sent, { method: Method }>

/** Refuses a change of a trust that has a path of its own. @throws AppError `rule` for the trust of an identity */
export function requireStandalone({ identityId, kind, unreadable = [] }: Trust) {
  // A trust of an unknown kind has no other path.
  if (identityId === null || unreadable.includes('kind')) return
  const path = `/api/admin/identities/${identityId}/trusts/${kind}`
  throw new AppError('rule', `This trust belongs to an identity. Change or remove it at ${path}.`, {
    reason: 'belongs_to_identity',
  })
}

/**
 * Refuses another method, and another name of an issuer.
 * @throws AppError `rule` (it belongs to an identity), `invalid`
 */
export function requireSameTrust(before: Trust, sent: Sent) {
  requireStandalone(before)
  if (sent.method !== before.kind) {
    const message = `This trust has the method ${before.kind}, which cannot change. Create another trust instead.`
    throw invalidField(['method'], message, 'method_mismatch')
  }
  if (sent.method === issuer.kind && sent.issuer !== before.issuer) {
    throw invalidField(['issuer'], 'An issuer cannot be renamed. Create a new one instead.', 'iss_mismatch')
  }
}
