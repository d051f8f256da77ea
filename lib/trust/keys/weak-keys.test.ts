import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { propertyRuns } from '@/e2e/fixtures/property-runs'
import { ed25519Fault } from './elliptic'
import { rsaFault } from './rsa'

const bits = (value: bigint) => value.toString(2).length
const modPow = (base: bigint, exponent: bigint, modulus: bigint) => {
  let result = 1n
  for (let b = base % modulus, e = exponent; e > 0n; e >>= 1n, b = (b * b) % modulus)
    if (e & 1n) result = (result * b) % modulus
  return result
}

// Nemec et al., "The Return of Coppersmith's Attack" (2017), §2: primes are k·M + (65537^a mod M), M the product of the
// first n primes; n = 126 for RSA 2048.
const primorial = (count: number) => {
  let product = 1n
  for (let candidate = 2, found = 0; found < count; candidate++) {
    let isPrime = true
    for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) isPrime = false
    if (isPrime) {
      product *= BigInt(candidate)
      found++
    }
  }
  return product
}

test('a modulus built as the flawed library builds it has the ROCA fingerprint', () => {
  const m = primorial(126)
  fc.assert(
    fc.property(
      fc.bigInt({ min: 2n ** 60n, max: 2n ** 250n }),
      fc.bigInt({ min: 2n ** 60n, max: 2n ** 250n }),
      fc.bigInt({ min: 0n, max: 2n ** 1020n }),
      (a, b, r) => {
        const k = (2n ** 1024n - 1n) / m - (r % 1000n)
        const modulus = (k * m + modPow(65_537n, a, m)) * (k * m + modPow(65_537n, b, m))
        expect(rsaFault(modulus, 65_537n, bits(modulus))).toMatch(/ROCA/)
      },
    ),
    { numRuns: propertyRuns(20) },
  )
})

test('ordinary RSA keys do not have it', () => {
  for (let round = 0; round < 5; round++) {
    const { n } = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })
    const modulus = BigInt(`0x${Buffer.from(n ?? '', 'base64url').toString('hex')}`)
    expect(rsaFault(modulus, 65_537n, 2048)).toBeNull()
    expect(rsaFault(modulus - 1n, 65_537n, 2048)).toMatch(/even/)
    expect(rsaFault(modulus, 65_539n, 2048)).toBeNull()
    expect(rsaFault(modulus, 65_535n, 2048)).toMatch(/too small/)
  }
})

// Independent arithmetic: the affine addition law of RFC 8032 §5.1.4.
const p = 2n ** 255n - 19n
const mod = (value: bigint) => ((value % p) + p) % p
const inverse = (value: bigint) => modPow(mod(value), p - 2n, p)
const d = mod(-121665n * inverse(121666n))
const add = ([x1, y1]: [bigint, bigint], [x2, y2]: [bigint, bigint]): [bigint, bigint] => {
  const t = mod(d * x1 * x2 * y1 * y2)
  return [mod((x1 * y2 + x2 * y1) * inverse(1n + t)), mod((y1 * y2 + x1 * x2) * inverse(1n - t))]
}
const encode = (y: bigint, sign = 0n) =>
  Uint8Array.from(Buffer.from((y | (sign << 255n)).toString(16).padStart(64, '0'), 'hex').toReversed())

/** The points of order 1, 2, 4 and 8: multiples of a point of order 8, which is any L-multiple that is not smaller. */
const smallOrderPoints = () => {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n
  for (let y = 2n; ; y++) {
    const square = mod((y * y - 1n) * inverse(d * y * y + 1n))
    let x = modPow(square, (p + 3n) / 8n, p)
    if (mod(x * x - square) !== 0n) x = mod(x * modPow(2n, (p - 1n) / 4n, p))
    if (mod(x * x - square) !== 0n) continue
    let point: [bigint, bigint] = [0n, 1n]
    for (let bit = order, q: [bigint, bigint] = [x, y]; bit > 0n; bit >>= 1n, q = add(q, q))
      if (bit & 1n) point = add(point, q)
    const points = [point]
    while (points.length < 8) points.push(add(points.at(-1) ?? point, point))
    if (new Set(points.map(String)).size === 8) return points
  }
}

test('every point of small order is refused, in every spelling', () => {
  const points = smallOrderPoints()
  for (const [x, y] of points) {
    expect(ed25519Fault(encode(y, x & 1n))).toBe('small-order')
    expect(ed25519Fault(encode(y, 1n))).toBe('small-order')
    if (y + p < 2n ** 255n) expect(ed25519Fault(encode(y + p))).toBe('small-order')
  }
})

test('ordinary Ed25519 keys are not, and bytes that are no point are told apart', () => {
  let refused = 0
  for (let round = 0; round < 10; round++) {
    const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })
    const bytes = Uint8Array.from(Buffer.from(x ?? '', 'base64url'))
    expect(ed25519Fault(bytes)).toBeNull()
    for (let low = 0; low < 4; low++) {
      bytes[0] = low
      if (ed25519Fault(bytes) === 'not-on-curve') refused++
    }
  }
  expect(refused).toBeGreaterThan(0)
  expect(ed25519Fault(encode(p + 2n))).toBe('not-on-curve')
})
