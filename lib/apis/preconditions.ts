/**
 * Returns the version that a caller expects (`If-Match`, RFC 9110 §13.1.1): `"3"` or `W/"3"` → 3; null without the
 * header; 0, which is never stored, for any other tag.
 */
export function versionExpected(headers: Headers): number | null {
  const value = headers.get('if-match')?.trim()
  if (!value || value === '*') return null
  const version = /^(?:W\/)?"(\d{1,15})"$/.exec(value)?.[1]
  return version === undefined ? 0 : Number(version)
}

export const etag = (trust: { version: number }) => ({ etag: `"${trust.version}"` })
