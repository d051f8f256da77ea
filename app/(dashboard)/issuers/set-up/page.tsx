import { TokenBox } from '@/components/tester/token-box'
import { TrustTester } from '@/components/tester/trust-tester'
import { GuidedStandalonePage } from '@/components/trusts/guided/guided-standalone-page'
import { issuerView } from '@/components/trusts/kinds/issuer/view'
import { presetCards } from '@/lib/model/preset-cards'

export const metadata = { title: 'Set up an issuer' }

/** Guided set-up of a new issuer. The server, where the platforms are, gives their cards. */
export default function Page() {
  return (
    <GuidedStandalonePage
      kind="issuer"
      view={issuerView}
      cards={presetCards()}
      tester={TrustTester}
      tokenBox={TokenBox}
    />
  )
}
