import { definitionOf, type IdentityKind, identityKinds, kinds } from '@/lib/trust/kinds'

/** Returns the page where a trust is edited; null for a trust of a deleted identity and for one of an unknown kind. */
export function trustHref({ kind, ...trust }: { id: string; kind: string; identityId: string | null }): string | null {
  return kinds.items.find((item) => item.kind === kind)?.page(trust) ?? null
}

/** Returns the kind of an identity's trust whose page has a path, or null. */
export const identityKindAt = (path: string, identityId: string): IdentityKind | null =>
  identityKinds.find((kind) => definitionOf(kind).page({ id: '', identityId }) === path) ?? null
