import { encodeBase64url } from '@/lib/trust/keys/base64url'

/** Returns a token of a header and claims, without a signature: for looking at rules, never for a login. */
export const unsignedToken = (header: object, claims: object): string =>
  `${[header, claims].map((part) => encodeBase64url(new TextEncoder().encode(JSON.stringify(part)))).join('.')}.`
