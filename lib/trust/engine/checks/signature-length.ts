import type { Algorithm } from '../../algorithms'
import type { PublicKey } from '../../keys/jwk'

/** A length that no signature of this algorithm and key has, in words; null when the length is right. */
export type LengthFault = { message: string; received: string; expected: string; fix: string }

/**
 * Judges a signature by its length alone, which the algorithm and the key fix (RFC 7518 §3.3–3.5, RFC 8037 §3.1): ECDSA signs
 * with two bare numbers, RSA with as many bytes as its modulus has.
 */
export function lengthFault(alg: Algorithm, key: PublicKey, signature: Uint8Array): LengthFault | null {
  const wanted = lengthOf(key)
  const got = signature.length
  if (got === wanted) return null
  if (got === 0) {
    const message = 'The token has no signature.'
    return {
      message,
      received: '0 bytes',
      expected: `${wanted} bytes`,
      fix: 'Have the token signed, and copy it whole.',
    }
  }
  const maker = key.type === 'RSA' ? `a key of ${key.label}` : alg
  const { message, fix } = hintOf(signature, wanted, key) ?? {
    message: got < wanted ? 'Part of it is missing.' : 'Something follows it, or another key made it.',
    fix: 'Take the whole token as the issuer gives it out, and compare the key and the algorithm.',
  }
  return {
    message: `The signature is ${got} bytes long, and ${maker} makes ${wanted}. ${message}`,
    received: `${got} bytes`,
    expected: `${wanted} bytes`,
    fix,
  }
}

const lengthOf = ({ type, sizeBits }: PublicKey) =>
  type === 'RSA' ? Math.ceil(sizeBits / 8) : type === 'EC' ? 2 * Math.ceil(sizeBits / 8) : 64

type Hint = { message: string; fix: string }

function hintOf(signature: Uint8Array, wanted: number, { type }: PublicKey): Hint | null {
  const got = signature.length
  if (type !== 'RSA' && isDer(signature)) {
    const fix =
      'Have the issuer write the signature as RFC 7518 §3.4 says: both numbers in full length, without DER around them.'
    return { message: 'It looks like DER, the form that X.509 and OpenSSL use.', fix }
  }
  const text = String.fromCharCode(...signature.subarray(0, 4_096))
  if (got === 2 * wanted && /^[0-9a-f]+$/i.test(text))
    return { message: 'It looks like hexadecimal digits.', fix: encodeOnce }
  if (got >= Math.ceil((wanted * 4) / 3) && got <= Math.ceil(wanted / 3) * 4 && /^[A-Za-z0-9+/_-]+={0,2}$/.test(text))
    return { message: 'It looks like base64 that was encoded once more.', fix: encodeOnce }
  if (type === 'EC' && got < wanted && got >= wanted - 4) {
    const fix = 'Have the issuer write both numbers at full length, with leading zeros (RFC 7518 §3.4).'
    return { message: 'Leading zeros may have been left out.', fix }
  }
  const other = otherMakers[got]
  return other
    ? { message: `${other} makes one of this length.`, fix: 'Compare the algorithm in the header with the key.' }
    : null
}

const encodeOnce = 'Have the issuer encode the bytes of the signature in base64url, once.'

const otherMakers: Record<number, string> = {
  32: 'A shared secret (HS256)',
  48: 'A shared secret (HS384)',
  64: 'ES256 or Ed25519',
  96: 'ES384',
  132: 'ES512',
  256: 'A key of RSA 2048',
  384: 'A key of RSA 3072',
  512: 'A key of RSA 4096',
}

/** A sequence of two integers to the last byte (RFC 3279 §2.2.3). */
function isDer(bytes: Uint8Array): boolean {
  const [tag, first = 0, second = 0] = bytes
  const [length, start] = first === 0x81 ? [second, 3] : [first, 2]
  return tag === 0x30 && start + length === bytes.length && bytes[start] === 0x02
}
