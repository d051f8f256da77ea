import { integerOf } from './integer'

/** A curve `y² = x³ − 3x + b` over a prime field (FIPS 186-5, SP 800-186 §3.2.1). */
type Curve = { prime: bigint; b: bigint; bytes: number }

/** The NIST curves of RFC 7518 §6.2.1.1. */
export const curves: Record<string, Curve> = {
  'P-256': {
    prime: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    bytes: 32,
  },
  'P-384': {
    prime: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    bytes: 48,
  },
  'P-521': {
    prime: 2n ** 521n - 1n,
    b: 0x051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
    bytes: 66,
  },
}

/** Whether (x, y) lies on the curve, with both coordinates reduced. */
export function isOnCurve({ prime, b }: Curve, x: bigint, y: bigint): boolean {
  if (x >= prime || y >= prime) return false
  return (y * y - (x * x * x - 3n * x + b)) % prime === 0n
}

/**
 * Whether 32 bytes are an Ed25519 public key to rely on: a reduced encoding (RFC 8032 §5.1.3) of a point on the curve
 * whose order is not small. Under a small-order key, one signature fits every message.
 */
export function ed25519Fault(bytes: Uint8Array): 'not-on-curve' | 'small-order' | null {
  const encoded = integerOf(bytes.toReversed())
  const y = encoded & (2n ** 255n - 1n)
  if (smallOrderY.has(y)) return 'small-order'
  if (y >= prime25519) return 'not-on-curve'
  // x² = (y² − 1) / (dy² + 1) must be a square: Euler's criterion, multiplied through to avoid the division.
  const above = modulo(y * y - 1n)
  const below = modulo(edwardsD * y * y + 1n)
  return power(modulo(above * below), (prime25519 - 1n) / 2n) === 1n ? null : 'not-on-curve'
}

const prime25519 = 2n ** 255n - 19n
const edwardsD = 37095705934669439343138083508754565189542113879843219016388785533085940283555n

// The y of the eight points whose order divides 8, with the unreduced spellings of 0 and 1.
const order8Y = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n
const smallOrderY = new Set([0n, 1n, prime25519 - 1n, prime25519, prime25519 + 1n, order8Y, prime25519 - order8Y])

function modulo(value: bigint): bigint {
  const rest = value % prime25519
  return rest < 0n ? rest + prime25519 : rest
}

function power(value: bigint, exponent: bigint): bigint {
  let result = 1n
  for (let base = value, left = exponent; left > 0n; left >>= 1n, base = modulo(base * base)) {
    if (left & 1n) result = modulo(result * base)
  }
  return result
}
