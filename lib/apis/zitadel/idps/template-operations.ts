import { z } from 'zod'
import { AppError } from '@/lib/errors'
import { recordNothing } from '@/lib/services/audit/record'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import { at } from '../envelope'
import { Details, DetailsAnswer } from '../protocol'
import { withoutDefaults } from '../protojson'
import { fromAddJwtProvider, withProvider } from './idp'
import { toDetails, toProvider } from './mapper'
import { addIdp, changeIdp, getIdp, listIdps, permits, removeIdp } from './reach'
import { listAnswer, ProviderAnswer, requests, type Scope } from './wire'

const Place = z.object({ id: Id })
const changed = { status: 200, description: 'Done.', schema: DetailsAnswer }

/** Operations of the second generation, `/idps/generic_jwt` and `/idps/templates`, on the same providers. */
export const templateOperations = (scope: Scope) => {
  const base = `/${scope}/v1/idps`
  const sent = requests(scope)
  const reads = { auth: 'required' as const, authorise: permits(scope, 'read') }
  const writes = { auth: 'required' as const, authorise: permits(scope, 'write') }

  return {
    addJWTProvider: defineOperation({
      ...writes,
      method: 'POST',
      path: `${base}/generic_jwt`,
      summary: 'Add a JWT provider',
      body: sent.addJwtProvider,
      records: ['trust.created'],
      success: { status: 200, description: 'Added.', schema: z.object({ details: Details, id: z.string() }) },
      async run(ctx, { body }) {
        const trust = await addIdp(ctx, fromAddJwtProvider(scope, body), false)
        return { body: { details: toDetails(trust), id: trust.id } }
      },
    }),

    updateJWTProvider: defineOperation({
      ...writes,
      method: 'PUT',
      path: `${base}/generic_jwt/{id}`,
      summary: 'Update a JWT provider',
      description:
        'Every field is replaced, but an absent `audience` keeps the stored one. What changes nothing answers the old sequence.',
      params: Place,
      body: sent.updateJwtProvider,
      records: ['trust.updated'],
      success: changed,
      async run(ctx, { params, body }) {
        const change = changeIdp(ctx, scope, params.id, (idp) => ({ idp: withProvider(idp, body) }), {
          unchanged: '',
          ids: { 'not-found': 'INST-Bhju5' },
        })
        const trust = await change.catch((error) => {
          if (!(error instanceof AppError) || error.kind !== 'unchanged') throw error
          recordNothing(ctx)
          return getIdp(ctx, scope, params.id)
        })
        return { body: { details: toDetails(trust) } }
      },
    }),

    getProviderByID: defineOperation({
      ...reads,
      method: 'GET',
      path: `${base}/templates/{id}`,
      summary: 'Read a provider',
      params: Place,
      success: { status: 200, description: 'The provider.', schema: z.object({ idp: ProviderAnswer }) },
      async run(ctx, { params }) {
        return { body: { idp: toProvider(await at({ 'not-found': 'QUERY-SAFrt' }, getIdp(ctx, scope, params.id))) } }
      },
    }),

    listProviders: defineOperation({
      ...reads,
      method: 'POST',
      path: `${base}/templates/_search`,
      summary: 'Search providers',
      body: sent.listProviders,
      records: [],
      success: {
        status: 200,
        description: 'A page.',
        schema: listAnswer(ProviderAnswer).omit({ sortingColumn: true }),
      },
      async run(ctx, { body }) {
        const { result, details } = await listIdps(ctx, scope, body, toProvider)
        return { body: { details, ...withoutDefaults({ result }) } }
      },
    }),

    deleteProvider: defineOperation({
      ...writes,
      method: 'DELETE',
      path: `${base}/templates/{id}`,
      summary: 'Delete a provider',
      params: Place,
      records: ['trust.deleted'],
      success: changed,
      async run(ctx, { params }) {
        return { body: { details: toDetails(await removeIdp(ctx, scope, params.id, 'INST-Se3tg')) } }
      },
    }),
  }
}
