import { TokenBox } from '@/components/tester/token-box'
import { TrustTester } from '@/components/tester/trust-tester'
import { NewLoginPage } from '@/components/trusts/guided/new-login-page'
import { presetCards } from '@/lib/model/preset-cards'

export const metadata = { title: 'Set up a login' }

/** Guided set-up of a login: of a new identity, or of the one that the URL names. The server, where the platforms are, gives their cards. */
export default function Page() {
  return <NewLoginPage cards={presetCards()} tester={TrustTester} tokenBox={TokenBox} />
}
