import type { ReviewItem } from '@/lib/client/reviews'
import { trustHref } from '@/lib/client/trust-href'

type Linked = Pick<ReviewItem, 'kind' | 'thingId' | 'now'>

/** The page of a thing that is still there, where it is also narrowed; null where there is none. */
export function itemHref({ kind, thingId, now }: Linked): string | null {
  if (!now) return null
  if (kind === 'identity') return `/identities/${thingId}`
  if (kind === 'person') return `/settings/members/${thingId}`
  if (kind === 'trust') return trustHref({ id: thingId, kind: now.method ?? '', identityId: now.ownerId })
  return now.ownerId === null ? null : `/identities/${now.ownerId}?tab=tokens`
}
