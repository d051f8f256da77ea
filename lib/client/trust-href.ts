import { kinds } from '@/lib/trust/kinds'

/** The page where a trust is edited; null for a trust of an identity that is gone, and for one of an unknown kind. */
export function trustHref({ kind, ...trust }: { id: string; kind: string; identityId: string | null }): string | null {
  return kinds.items.find((item) => item.kind === kind)?.page(trust) ?? null
}
