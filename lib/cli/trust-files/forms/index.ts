import type { TrustForm } from '../form'
import { domain } from './domain'
import { issuer } from './issuer'
import { jwtAuth } from './jwt-auth'
import { jwtProvider } from './jwt-provider'
import { oidcAuth } from './oidc-auth'

/** The forms that are read; the first whose members a file has decides. */
export const trustForms: readonly TrustForm[] = [oidcAuth, jwtAuth, jwtProvider, issuer, domain]
