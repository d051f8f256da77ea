'use client'

import { TokenBox } from '@/components/tester/token-box'
import { TrustTester } from '@/components/tester/trust-tester'
import { NewLoginPage } from '@/components/trusts/guided/new-login-page'

/** Guided set-up of a login: of a new identity, or of the one that the URL names. */
export default function GuidedSetUpPage() {
  return <NewLoginPage tester={(props) => <TrustTester {...props} />} tokenBox={(props) => <TokenBox {...props} />} />
}
