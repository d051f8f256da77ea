import { TokenBox } from '@/components/tester/token-box'
import { TrustTester } from '@/components/tester/trust-tester'
import { GuidedStandalonePage } from '@/components/trusts/guided/guided-standalone-page'
import { signInView } from '@/components/trusts/kinds/sign-in/view'
import { presetCards } from '@/lib/model/preset-cards'

export const metadata = { title: 'Set up a provider' }

/** Guided set-up of a new sign-in provider. The server, where the platforms are, gives their cards. */
export default function Page() {
  return (
    <GuidedStandalonePage
      kind="sign-in"
      view={signInView}
      cards={presetCards()}
      tester={TrustTester}
      tokenBox={TokenBox}
    />
  )
}
