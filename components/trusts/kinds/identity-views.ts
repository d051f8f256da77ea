import type { IdentityKind } from '@/lib/trust/kinds'
import type { KindView } from '../editor/kind-view'
import { jwtAuthView } from './jwt-auth/view'
import { oidcAuthView } from './oidc-auth/view'

/** Editors of the kinds that belong to an identity. Apart from the others, so that a page loads those it shows. */
export const identityViews: Readonly<Record<IdentityKind, KindView>> = { jwt: jwtAuthView, oidc: oidcAuthView }
