/**
 * The policy of a worker, which a worker takes from the response of its script (CSP 3 §2.2): scripts of our own origin, and no
 * connection at all. Pages ignore it on what they load.
 */
export const workerPolicy = "default-src 'none'; script-src 'self'"

/**
 * The policy of one page: it speaks to our own origin alone, so a pasted token cannot leave it, and runs only scripts
 * that carry this response's nonce.
 * @param nonce fresh for every response
 * @param isDevelopment lets React's development build evaluate and Next's hot reload connect
 */
export function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  const directives = {
    'default-src': "'self'",
    'script-src': `'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    'worker-src': "'self'",
    'connect-src': `'self'${isDevelopment ? ' ws:' : ''}`,
    'img-src': "'self' data:",
    // Positioned menus and charts set style attributes, which no nonce can allow.
    'style-src': "'self' 'unsafe-inline'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  }
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')
}
