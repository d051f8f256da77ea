import { z } from 'zod'
import { pemCharactersMax } from '../keys/pem-characters-max'
import { holdsPrivateKey, privateKeyMessage } from '../keys/secret-text'
import { defineKeySource, type KeySet } from './key-source'

/**
 * One public key, typed in. The schema only keeps private keys out, so that a stored trust stays readable when the
 * rules for keys become stricter; `parsePem` says whether it is a good key.
 */
export const staticPem = defineKeySource({
  kind: 'static-pem',
  title: 'Public key (PEM)',
  schema: z.object({
    kind: z.literal('static-pem'),
    pem: z
      .string()
      .min(1)
      .max(pemCharactersMax)
      .refine((text) => text.length > pemCharactersMax || !holdsPrivateKey(text), { error: privateKeyMessage }),
  }),
  local: ({ pem }) => keySetOfPem(pem),
})

async function keySetOfPem(pem: string): Promise<KeySet> {
  // Loaded when there is a key to read: the readers of ASN.1 are a sixth of a list's page.
  const { parsePem } = await import('../keys/pem')
  const reading = await parsePem(pem)
  if (reading.ok) {
    const { alg, key } = reading
    return { status: 'ok', keys: [alg ? { ...key.jwk, alg } : key.jwk], fetchedAt: null, stale: null }
  }
  return {
    status: 'unavailable',
    reason: 'not-a-key',
    message: 'A public key of this trust cannot be used.',
    fix: reading.message,
  }
}
