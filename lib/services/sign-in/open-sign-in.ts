import { signIn } from '@/lib/trust/kinds'
import type { SignInOptions } from '@/lib/trust/kinds/sign-in'
import type { Trust } from '@/lib/trust/trust'

/** The options of a trust through which people sign in here now; null for any other trust. */
export const openSignInOf = (trust: Trust): SignInOptions | null =>
  signIn.is(trust) && trust.enabled && trust.options.isOffered ? trust.options : null
