import { Secret, TOTP } from 'otpauth'

/** Parameters that authenticator apps support: SHA-1, six digits, a new code every 30 seconds (RFC 6238 §4, §5.2). */
const parameters = { algorithm: 'SHA1', digits: 6, period: 30 } as const

/** Steps before and after the current one whose code is accepted (RFC 6238 §5.2: at most one for the network). */
const toleratedSteps = 1

/** A new secret of 160 random bits (RFC 4226 §4, R6) in Base32, as people type it into an app. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32

/** The address that a QR code of the secret carries, as authenticator apps read it. */
export const totpUri = (secret: string, account: { issuer: string; label: string }): string =>
  new TOTP({ ...parameters, ...account, issuerInLabel: true, secret: Secret.fromBase32(secret) }).toString()

export const isTotpCode = (code: string): boolean => /^\d{6}$/.test(code)

/** The time step whose code this is, or null where it is none of the steps that are accepted at `at`. */
export function totpStep(secret: string, code: string, at: Date): number | null {
  if (!isTotpCode(code)) return null
  const timestamp = at.getTime()
  const totp = new TOTP({ ...parameters, secret: Secret.fromBase32(secret) })
  const delta = totp.validate({ token: code, timestamp, window: toleratedSteps })
  return delta === null ? null : totp.counter({ timestamp }) + delta
}
