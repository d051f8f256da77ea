import { IdentityActivity } from '@/components/activity/identity-activity'
import { DecoyTokens } from '@/components/decoys/decoy-tokens'
import { IdentityPage } from '@/components/identities/identity-page'
import { TokenAuthRow } from '@/components/tokens/token-auth-row'
import { TokenList } from '@/components/tokens/token-list'

export const metadata = { title: 'Identity' }

export default async function Page({ params }: { params: Promise<{ identityId: string }> }) {
  const { identityId } = await params
  return (
    <IdentityPage
      identityId={identityId}
      tokenAuth={<TokenAuthRow identityId={identityId} />}
      tokens={<TokenList identityId={identityId} />}
      decoys={<DecoyTokens identityId={identityId} />}
      activity={<IdentityActivity identityId={identityId} />}
    />
  )
}
