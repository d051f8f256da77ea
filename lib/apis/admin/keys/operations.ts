import { z } from 'zod'
import { publicKeySet } from '@/lib/services/installation/signing-key'
import { lookUpKeys } from '@/lib/services/keys/look-up-keys'
import { defineOperation } from '../../api'
import { KeyLookupAnswer, KeyLookupInput } from './wire'

export const keyOperations = {
  lookUpKeys: defineOperation({
    method: 'POST',
    path: '/api/admin/keys/lookup',
    summary: 'The public keys of a source',
    description: 'For the form and the tester in the browser. Never takes a token.',
    auth: 'required',
    body: KeyLookupInput,
    records: ['key-source.looked-up'],
    success: { status: 200, description: 'The keys, or why there are none.', schema: KeyLookupAnswer },
    async run(ctx, { body }) {
      return { body: await lookUpKeys(ctx, body.source, body) }
    },
  }),

  publicKeys: defineOperation({
    method: 'GET',
    path: '/.well-known/jwks.json',
    summary: 'The keys access tokens are signed with (RFC 7517)',
    description: 'With them a resource server verifies our access tokens offline.',
    auth: 'none',
    anyOrigin: true,
    success: {
      status: 200,
      description: 'A JSON Web Key Set.',
      schema: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
    },
    async run(ctx) {
      return { body: await publicKeySet(ctx.db, ctx.now()), headers: { 'cache-control': 'public, max-age=300' } }
    },
  }),
}
