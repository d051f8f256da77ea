import { calculateJwkThumbprint } from 'jose'
import type { Algorithm } from '../../algorithms'
import type { Jwk } from '../../key-sources/key-source'
import { decodeBase64url } from '../../keys/base64url'
import { kidOf, type PublicJwk } from '../../keys/jwk'
import { type ImportedKey, signatures } from '../../signatures'
import type { Check, Verdict } from '../verdict'
import { fail, pass, skip } from './check'
import type { Candidate } from './key-candidates'
import { type LengthFault, lengthFault } from './signature-length'

export type SignatureFindings = { check: Check; key: Verdict['key'] }

export const signatureNotChecked: SignatureFindings = {
  check: skip('signature', 'Without a key to check with, nothing is known of the signature.'),
  key: null,
}

/** `signature`: tries the keys in order; the first that verifies wins. One whose signatures have another length is not tried. */
export async function checkSignature(
  token: string,
  alg: Algorithm,
  keys: readonly Candidate[],
): Promise<SignatureFindings> {
  const id = 'signature'
  const signature = decodeBase64url(token.slice(token.lastIndexOf('.') + 1)) ?? new Uint8Array()
  let unsupported: string | null = null
  let wrongLength: LengthFault | null = null
  let tried = 0
  for (const { jwk, reading, source } of keys) {
    if (!reading.ok) continue
    const fault = lengthFault(alg, reading.key, signature)
    wrongLength ??= fault
    if (fault) continue
    tried++
    const outcome = await tryKey(token, alg, jwk, reading.key.jwk)
    if (outcome === 'verified') {
      const kid = kidOf(jwk)
      const thumbprint = await thumbprintOnce(jwk, reading.key.jwk)
      const check = pass(id, `The signature was made with this key (${reading.key.label}).`, {
        field: `keys.${source}`,
      })
      return { check, key: { source, kid, thumbprint } }
    }
    if (outcome === 'unsupported') unsupported = reading.key.label
  }
  if (keys.length === 0) return signatureNotChecked
  if (wrongLength && tried === 0) {
    const { message, ...more } = wrongLength
    return { check: fail(id, 'signature_invalid', message, more), key: null }
  }
  const fix = unsupported
    ? `This browser or server cannot verify with a key of type ${unsupported}.`
    : 'The token was changed or cut short in transit, or was signed by another issuer with another key.'
  const message = keys.length > 1 ? 'None of the keys made this signature.' : 'The key did not make this signature.'
  return { check: fail(id, 'signature_invalid', message, { fix }), key: null }
}

// Keys are imported once per object a source gave; the same object under two algorithms is two keys.
const imported = new WeakMap<Jwk, Map<Algorithm, ImportedKey | Promise<ImportedKey>>>()
const thumbprints = new WeakMap<Jwk, Promise<string>>()

async function tryKey(
  token: string,
  alg: Algorithm,
  jwk: Jwk,
  bare: PublicJwk,
): Promise<'verified' | 'no' | 'unsupported'> {
  try {
    return (await signatures().verify(token, alg, await importOnce(jwk, bare, alg))) ? 'verified' : 'no'
  } catch {
    return 'unsupported'
  }
}

function importOnce(jwk: Jwk, bare: PublicJwk, alg: Algorithm) {
  const byAlgorithm = imported.get(jwk) ?? new Map<Algorithm, ImportedKey | Promise<ImportedKey>>()
  imported.set(jwk, byAlgorithm)
  const known = byAlgorithm.get(alg)
  if (known) return known
  const key = signatures().importPublic(bare, alg)
  byAlgorithm.set(alg, key)
  return key
}

function thumbprintOnce(jwk: Jwk, bare: PublicJwk): Promise<string> {
  const known = thumbprints.get(jwk)
  if (known) return known
  const thumbprint = calculateJwkThumbprint({ ...bare })
  thumbprints.set(jwk, thumbprint)
  return thumbprint
}
