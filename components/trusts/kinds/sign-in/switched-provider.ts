import { SignInTrustInput } from '@/lib/apis/admin/trusts/wire'
import type { StoredTrust } from '@/lib/client/trusts'
import { signIn } from '@/lib/trust/kinds'
import { TrustDraftFields } from '@/lib/trust/trust'

/** Returns a stored provider as a request body, active or not; null for one that cannot be sent. Pure. */
export function switchedProvider(trust: StoredTrust, enabled: boolean): SignInTrustInput | null {
  if (!signIn.is(trust) || trust.unreadable?.includes('options')) return null
  // Every part of a draft is sent, so that none is reset.
  const { identityId: _, ...draft } = TrustDraftFields.parse(trust)
  const { owner: __, ...options } = trust.options
  return SignInTrustInput.safeParse({ ...draft, enabled, method: signIn.kind, signIn: options }).data ?? null
}
