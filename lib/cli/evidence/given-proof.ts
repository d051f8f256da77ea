import { z } from 'zod'
import { type EvidenceJwk, openSigned } from '@/lib/db/evidence/checkpoint-signature'
import { readStored, storedOrNull } from '@/lib/db/stored-json'
import { CheckpointClaims } from '@/lib/model/evidence'
import { EvidenceJwkSchema } from '@/lib/services/evidence/evidence-key'
import { Refused } from '../command'

const KeySet = z.union([z.object({ keys: z.array(EvidenceJwkSchema).min(1) }), EvidenceJwkSchema])

/** @throws Refused when the text is neither a JSON Web Key Set nor a key */
export function readKeys(text: string): EvidenceJwk[] {
  const stored = readStored(text, KeySet)
  if (!stored.readable) throw new Refused('The file of --key is no JSON Web Key Set with Ed25519 keys (RFC 8037).')
  return 'keys' in stored.value ? stored.value.keys : [stored.value]
}

/** @throws Refused when none of the keys signed the checkpoint */
export function readCheckpoint(jws: string, keys: readonly EvidenceJwk[]): CheckpointClaims {
  const claims = storedOrNull(openSigned(jws, keys, 'checkpoint'), CheckpointClaims)
  if (claims) return claims
  throw new Refused('A file of --checkpoint is no checkpoint, or none that the keys of the log have signed.')
}
