/**
 * Headers of an answer that pages of any site may read (Fetch standard, "CORS protocol"). Never with credentials, so what a
 * browser sends along by itself counts for nothing.
 */
export const anyOriginHeaders = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'x-request-id, x-keybound-reason, retry-after',
  'cross-origin-resource-policy': 'cross-origin',
}

/**
 * What a preflight allows. `*` is every header but `Authorization`, which SDKs send with a renewal and a revocation, although both
 * read the token in the body.
 */
export const preflightHeaders = (method: string) => ({
  ...anyOriginHeaders,
  'access-control-allow-methods': method,
  'access-control-allow-headers': '*, authorization',
  'access-control-max-age': '86400',
})
