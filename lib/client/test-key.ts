/**
 * Text before the PEM of a test key, which PEM allows (RFC 7468 §2): it marks the key for later readers, also through
 * an API.
 */
const mark = 'TEST KEY made in a browser tab by Keybound. Not for production.'

export const markTestPem = (pem: string) => `${mark}\n${pem}`

/** Whether a PEM is a test issuer's. */
export const isTestPem = (pem: string) => pem.includes(mark)
