import { CompactEncrypt, compactDecrypt } from 'jose'
import { env } from '@/lib/env'

/**
 * What a sealed text is for. Each purpose has its own key, so what was sealed for one cannot be opened as another.
 */
export type SealPurpose =
  | 'signing-key'
  | 'evidence-key'
  | 'sign-in-state'
  | 'known-device'
  | 'second-factor'
  | 'second-step'
  | 'stream'
  | 'backup'

/** Encrypts and authenticates a text with a key derived from KEYBOUND_SECRET: a JWE, `dir` with A256GCM (RFC 7516). */
export async function seal(purpose: SealPurpose, text: string): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(await keyFor(purpose))
}

/** Opens what `seal` made for the same purpose. @throws when it was made with another secret, or changed */
export async function unseal(purpose: SealPurpose, sealed: string): Promise<string> {
  const { KEYBOUND_PREVIOUS_SECRET: previous } = env()
  try {
    return await unsealWith(await keyFor(purpose), sealed)
  } catch (error) {
    // While the secret is changed, both are in use (`resealAll`).
    if (previous === undefined) throw error
    return unsealWith(await keyFor(purpose, previous), sealed)
  }
}

/** As `unseal`, with a key of `keyFor`. */
export async function unsealWith(key: Uint8Array, sealed: string): Promise<string> {
  const { plaintext } = await compactDecrypt(sealed, key, {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
  })
  return new TextDecoder().decode(plaintext)
}

/** A key for one purpose: HKDF-SHA-256 (RFC 5869) over the installation's secret. */
export async function keyFor(purpose: SealPurpose, of = env().KEYBOUND_SECRET): Promise<Uint8Array> {
  const secret = await crypto.subtle.importKey('raw', new TextEncoder().encode(of), 'HKDF', false, ['deriveBits'])
  const info = new TextEncoder().encode(`keybound/${purpose}`)
  const bits = await crypto.subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info },
    secret,
    256,
  )
  return new Uint8Array(bits)
}
