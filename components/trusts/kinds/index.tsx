import type { Kind } from '@/lib/trust/kinds'
import type { KindView } from '../editor/kind-view'
import { identityViews } from './identity-views'
import { standaloneViews } from './standalone-views'

/** Editors of all kinds of trust. */
export const views: Readonly<Record<Kind, KindView>> = { ...identityViews, ...standaloneViews }
