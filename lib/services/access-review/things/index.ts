import type { ReviewedKind } from '@/lib/model/access-review'
import { identities } from './identities'
import { people } from './people'
import type { ThingReader } from './thing-reader'
import { tokens } from './tokens'
import { trusts } from './trusts'

/** How things of each kind are read and removed. */
export const things: Record<ReviewedKind, ThingReader> = {
  identity: identities,
  trust: trusts,
  person: people,
  token: tokens,
}
