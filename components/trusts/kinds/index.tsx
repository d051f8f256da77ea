import type { IdentityKind, Kind, StandaloneKind } from '@/lib/trust/kinds'
import type { KindView, StandaloneView } from '../editor/kind-view'
import { issuerView } from './issuer/view'
import { jwtAuthView } from './jwt-auth/view'
import { oidcAuthView } from './oidc-auth/view'
import { signInView } from './sign-in/view'

/** How each kind of an identity's trusts is edited. */
export const identityViews: Readonly<Record<IdentityKind, KindView>> = { jwt: jwtAuthView, oidc: oidcAuthView }

/** How each kind of the organization's trusts is edited. */
export const standaloneViews: Readonly<Record<StandaloneKind, StandaloneView>> = {
  issuer: issuerView,
  'sign-in': signInView,
}

/** How each kind of trust is edited. */
export const views: Readonly<Record<Kind, KindView>> = { ...identityViews, ...standaloneViews }
