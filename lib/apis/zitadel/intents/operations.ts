import { z } from 'zod'
import { notFound } from '@/lib/errors'
import { requireAccess } from '@/lib/services/access'
import type { Context } from '@/lib/services/context'
import { beginIntent } from '@/lib/services/sign-in/begin-intent'
import { retrieveIntent } from '@/lib/services/sign-in/retrieve-intent'
import { getTrust } from '@/lib/services/trust/find-trust'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import { at } from '../envelope'
import { toDetails, toV2 } from '../idps/mapper'
import { getActiveIdentityProviders } from './active-providers'
import { linkOperations } from './link-operations'
import { IdpV2Answer, IntentAnswer, RetrieveIntent, StartIntent, StartIntentAnswer } from './wire'

const writes = { auth: 'required' as const, authorise: (ctx: Context) => void requireAccess(ctx, 'write') }
const reads = { auth: 'required' as const, authorise: (ctx: Context) => void requireAccess(ctx, 'read') }

export const operations = {
  ...linkOperations,
  getActiveIdentityProviders,

  getIdp: defineOperation({
    ...reads,
    method: 'GET',
    path: '/v2/idps/{id}',
    summary: 'Read a provider',
    params: z.object({ id: Id }),
    success: { status: 200, description: 'The provider.', schema: IdpV2Answer },
    async run(ctx, { params }) {
      const idp = toV2(await at({ 'not-found': 'QUERY-SAFrt' }, getTrust(ctx, params.id)))
      if (!idp) throw notFound('IDP Configuration does not exist')
      return { body: { idp } }
    },
  }),

  startIntent: defineOperation({
    ...writes,
    method: 'POST',
    path: '/v2/idp_intents',
    summary: 'Begin a sign-in for another application',
    description: 'Send the browser to `authUrl` within ten minutes.',
    body: StartIntent,
    records: ['intent.started'],
    success: { status: 200, description: 'Begun.', schema: StartIntentAnswer },
    async run(ctx, { body: { idpId, urls } }) {
      const { authUrl, trust } = await beginIntent(ctx, { trustId: idpId, ...urls })
      return { body: { details: toDetails(trust), authUrl } }
    },
  }),

  retrieveIntent: defineOperation({
    ...writes,
    method: 'POST',
    path: '/v2/idp_intents/{idpIntentId}',
    summary: 'Who signed in',
    description: 'Once: the intent is consumed. A consumed, failed or unfinished one is code 9.',
    params: z.object({ idpIntentId: Id }),
    body: RetrieveIntent,
    records: ['intent.retrieved'],
    success: { status: 200, description: 'The person.', schema: IntentAnswer },
    async run(ctx, { params, body }) {
      const retrieved = retrieveIntent(ctx, { id: params.idpIntentId, token: body.idpIntentToken })
      const { trust, claims, userId } = await retrieved
      const names = [claims.preferred_username, claims.email, claims.sub]
      return {
        body: {
          details: toDetails(trust),
          idpInformation: {
            idpId: trust.id,
            userId: claims.sub,
            userName: names.find((name) => typeof name === 'string'),
            rawInformation: claims,
          },
          ...(userId ? { userId } : {}),
        },
      }
    },
  }),
}
