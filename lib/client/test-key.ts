/**
 * Stands above the PEM of a test key, where PEM allows any text (RFC 7468 §2): so whoever reads the trust later, here or
 * through an API, sees what it is.
 */
const mark = 'TEST KEY made in a browser tab by Keybound. Not for production.'

export const markTestPem = (pem: string) => `${mark}\n${pem}`

/** Whether a PEM is that of a test issuer. */
export const isTestPem = (pem: string) => pem.includes(mark)
