import type { IdentityKind, Kind, StandaloneKind } from '@/lib/trust/kinds'
import type { KindView, StandaloneView } from '../editor/kind-view'
import { issuerView } from './issuer/view'
import { jwtAuthView } from './jwt-auth/view'
import { oidcAuthView } from './oidc-auth/view'
import { signInView } from './sign-in/view'

/** Editors of the kinds that belong to an identity. */
export const identityViews: Readonly<Record<IdentityKind, KindView>> = { jwt: jwtAuthView, oidc: oidcAuthView }

/** Editors of the kinds that belong to the organization. */
export const standaloneViews: Readonly<Record<StandaloneKind, StandaloneView>> = {
  issuer: issuerView,
  'sign-in': signInView,
}

/** Editors of all kinds of trust. */
export const views: Readonly<Record<Kind, KindView>> = { ...identityViews, ...standaloneViews }
