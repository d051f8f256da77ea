/** The page where a trust is edited; null for a trust of an identity that is gone. */
export function trustHref({
  id,
  method,
  identityId,
}: {
  id: string
  method: string
  identityId: string | null
}): string | null {
  if (method === 'issuer') return `/issuers/${id}`
  if (method === 'sign-in') return `/providers/${id}`
  return identityId && `/identities/${identityId}/${method}-auth`
}
