'use client'

import { ErrorState } from '@/components/ui/error-state'
import { useIdentity } from '@/lib/client/identities'
import { useUrlParameters } from '@/lib/client/url-parameters'
import type { PresetCard } from '@/lib/model/preset-cards'
import type { TesterSlot } from '../editor/tester-slot'
import { TrustLoading } from '../editor/trust-loading'
import { GuidedPage, type TokenBoxSlot } from './guided-page'

type Slots = { cards: readonly PresetCard[]; tester: TesterSlot; tokenBox: TokenBoxSlot }

/** The guided set-up, for the identity that the URL names or for a new one. */
export function NewLoginPage(slots: Slots) {
  const identityId = useUrlParameters().get('identity')
  return identityId ? <OfIdentity identityId={identityId} {...slots} /> : <GuidedPage identity={null} {...slots} />
}

function OfIdentity({ identityId, ...slots }: Slots & { identityId: string }) {
  const { data: identity, error, refetch } = useIdentity(identityId)
  if (error && !identity)
    return <ErrorState title="This identity could not be loaded" error={error} onRetry={() => refetch()} />
  return identity ? <GuidedPage identity={identity} {...slots} /> : <TrustLoading />
}
