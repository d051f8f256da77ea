import type { StandaloneKind } from '@/lib/trust/kinds'
import type { StandaloneView } from '../editor/kind-view'
import { issuerView } from './issuer/view'
import { signInView } from './sign-in/view'

/** Editors of the kinds that belong to the organization. */
export const standaloneViews: Readonly<Record<StandaloneKind, StandaloneView>> = {
  issuer: issuerView,
  'sign-in': signInView,
}
