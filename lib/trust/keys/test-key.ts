/**
 * Text before the PEM of a test key, which PEM allows (RFC 7468 §2): it marks the key for later readers, also through
 * an API, and says when it ends.
 */
const mark = 'TEST KEY made in a browser tab by Keybound. Not for production.'
const end = / Ends (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\./

/** The mark stands at the beginning; a text of many certificates is not looked through. */
const lookedAtCharacters = 1000

/** Marks the PEM of a test key. @param endsAt epoch seconds after which no token is verified with it; null: never */
export function markTestPem(pem: string, endsAt: number | null = null): string {
  const words =
    endsAt === null ? '' : ` Ends ${new Date(Math.floor(endsAt) * 1000).toISOString().replace('.000Z', 'Z')}.`
  return `${mark}${words}\n${pem}`
}

/** Whether a PEM is a test issuer's. */
export const isTestPem = (pem: string): boolean => pem.slice(0, lookedAtCharacters).includes(mark)

/** When a test key ends, in epoch seconds; null for other keys, and for a test key without an end. */
export function testKeyEnd(pem: string): number | null {
  if (!isTestPem(pem)) return null
  const at = Date.parse(end.exec(pem.slice(0, lookedAtCharacters))?.[1] ?? '')
  return Number.isNaN(at) ? null : at / 1000
}
