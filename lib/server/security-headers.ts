/** On every answer, of pages and APIs alike. Pages have a Content-Security-Policy beside these, from the proxy. */
export const securityHeaders = (isHttps: boolean): [name: string, value: string][] => [
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['x-frame-options', 'DENY'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
  ...(isHttps ? [['strict-transport-security', 'max-age=31536000'] as [string, string]] : []),
]
