import { z } from 'zod'
import { jwkMember, secretMembers } from '../keys/jwk'
import { defineKeySource } from './key-source'

/** One JSON Web Key, typed in. The schema only keeps secrets out; `inspectJwk` says whether it is a good key. */
export const inlineJwk = defineKeySource({
  kind: 'inline-jwk',
  title: 'Public key (JWK)',
  schema: z.object({
    kind: z.literal('inline-jwk'),
    jwk: z
      .record(z.string().max(200), z.json())
      .refine((jwk) => !secretMembers.some((name) => jwkMember(jwk, name) !== undefined), {
        error: 'This key holds a private or shared secret part. Treat it as leaked, and give the public half alone.',
      }),
  }),
  local: async ({ jwk }) => ({ status: 'ok', keys: [jwk], fetchedAt: null, stale: null }),
})
