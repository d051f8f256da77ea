import { type IdentityKind, identityKinds, kindNames, outlineOf } from '@/lib/trust/kinds/outline'

/** Returns the page where a trust is edited; null for a trust of a deleted identity and for one of an unknown kind. */
export function trustHref({ kind, ...trust }: { id: string; kind: string; identityId: string | null }): string | null {
  const known = kindNames.find((name) => name === kind)
  return known ? outlineOf(known).page(trust) : null
}

/** Returns the kind of an identity's trust whose page has a path, or null. */
export const identityKindAt = (path: string, identityId: string): IdentityKind | null =>
  identityKinds.find((kind) => outlineOf(kind).page({ id: '', identityId }) === path) ?? null
