import { z } from 'zod'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import { at } from '../envelope'
import { Details, DetailsAnswer } from '../protocol'
import { withoutDefaults } from '../protojson'
import { fromAddJwtIdp, withIdp, withJwtConfig } from './idp'
import { toDetails, toLegacy } from './mapper'
import { addIdp, changeIdp, getIdp, listIdps, permits, removeIdp } from './reach'
import { IdpAnswer, listAnswer, requests, type Scope, sortingColumns } from './wire'

const Place = z.object({ idpId: Id })
const changed = { status: 200, description: 'Done.', schema: DetailsAnswer }
const unchanged = { 409: 'Nothing would change (400 where the operator chose so); the code is 9.' }
const nameTaken = { 409: 'The name is taken (code 6), or nothing would change (code 9).' }

/** Operations of the first generation, `/idps/…`, which ZITADEL's document describes. */
export const legacyOperations = (scope: Scope) => {
  const base = `/${scope}/v1/idps`
  const sent = requests(scope)
  const reads = { auth: 'required' as const, authorise: permits(scope, 'read') }
  const writes = { auth: 'required' as const, authorise: permits(scope, 'write') }
  const place = (id: string, org = id) => (scope === 'admin' ? `INSTANCE-${id}` : `Org-${org}`)

  return {
    addJWTIDP: defineOperation({
      ...writes,
      method: 'POST',
      path: `${base}/jwt`,
      summary: 'Add a JWT identity provider',
      body: sent.addJwtIdp,
      records: ['trust.created'],
      success: { status: 200, description: 'Added.', schema: z.object({ details: Details, idpId: z.string() }) },
      failures: { 409: 'The name is taken (code 6).' },
      async run(ctx, { body }) {
        const trust = await at({ conflict: 'V3-DKcYh' }, addIdp(ctx, fromAddJwtIdp(scope, body), true))
        return { body: { details: toDetails(trust), idpId: trust.id } }
      },
    }),

    getIDPByID: defineOperation({
      ...reads,
      method: 'GET',
      path: `${base}/{idpId}`,
      summary: 'Read an identity provider',
      params: Place,
      success: { status: 200, description: 'The provider.', schema: z.object({ idp: IdpAnswer }) },
      async run(ctx, { params }) {
        return { body: { idp: toLegacy(await at({ 'not-found': 'QUERY-rhR2o' }, getIdp(ctx, scope, params.idpId))) } }
      },
    }),

    listIDPs: defineOperation({
      ...reads,
      method: 'POST',
      path: `${base}/_search`,
      summary: 'Search identity providers',
      body: sent.listIdps,
      records: [],
      success: { status: 200, description: 'A page.', schema: listAnswer(IdpAnswer) },
      async run(ctx, { body }) {
        const { result, details } = await listIdps(ctx, scope, body, toLegacy)
        const column = sortingColumns.find(
          (name, number) => name === body.sortingColumn || number === body.sortingColumn,
        )
        return { body: { details, ...withoutDefaults({ sortingColumn: column, result }) } }
      },
    }),

    updateIDP: defineOperation({
      ...writes,
      method: 'PUT',
      path: `${base}/{idpId}`,
      summary: 'Update the name, styling and registration of an identity provider',
      params: Place,
      body: sent.updateIdp,
      records: ['trust.updated'],
      success: changed,
      failures: nameTaken,
      async run(ctx, { params, body }) {
        const trust = await changeIdp(ctx, scope, params.idpId, (idp) => ({ idp: withIdp(idp, body) }), {
          unchanged: 'IDP config has not been changed',
          hasUniqueName: true,
          ids: { unchanged: place('3k0fs', 'jf9w'), 'not-found': place('m0e3r'), conflict: 'V3-DKcYh' },
        })
        return { body: { details: toDetails(trust) } }
      },
    }),

    updateIDPJWTConfig: defineOperation({
      ...writes,
      method: 'PUT',
      path: `${base}/{idpId}/jwt_config`,
      summary: 'Update the JWT configuration of an identity provider',
      description: 'All four fields are replaced: one that is not sent is empty afterwards. The audience is kept.',
      params: Place,
      body: sent.updateJwtConfig,
      records: ['trust.updated'],
      success: changed,
      failures: unchanged,
      async run(ctx, { params, body }) {
        const trust = await changeIdp(ctx, scope, params.idpId, (idp) => ({ idp: withJwtConfig(idp, body) }), {
          unchanged: 'The JWT configuration already has these values',
          ids: { unchanged: place('3n9gg', '2k9fs'), 'not-found': place('2m00d') },
        })
        return { body: { details: toDetails(trust) } }
      },
    }),

    deactivateIDP: defineOperation({
      ...writes,
      method: 'POST',
      path: `${base}/{idpId}/_deactivate`,
      summary: 'Deactivate an identity provider',
      description: 'Sign-ins through it are refused until it is active again.',
      params: Place,
      records: ['trust.updated'],
      success: changed,
      failures: unchanged,
      async run(ctx, { params }) {
        const id = place('2n0fs', 'BBmd0')
        const trust = await changeIdp(ctx, scope, params.idpId, () => ({ enabled: false }), {
          unchanged: 'IDP config is not active',
          ids: { unchanged: id, 'not-found': id },
        })
        return { body: { details: toDetails(trust) } }
      },
    }),

    reactivateIDP: defineOperation({
      ...writes,
      method: 'POST',
      path: `${base}/{idpId}/_reactivate`,
      summary: 'Reactivate an identity provider',
      params: Place,
      records: ['trust.updated'],
      success: changed,
      failures: unchanged,
      async run(ctx, { params }) {
        const trust = await changeIdp(ctx, scope, params.idpId, () => ({ enabled: true }), {
          unchanged: 'IDP config is not inactive',
          ids: { unchanged: place('5Mo0d'), 'not-found': place('5Mo0d') },
        })
        return { body: { details: toDetails(trust) } }
      },
    }),

    removeIDP: defineOperation({
      ...writes,
      method: 'DELETE',
      path: `${base}/{idpId}`,
      summary: 'Remove an identity provider',
      description: 'The links of its users go with it.',
      params: Place,
      records: ['trust.deleted'],
      success: changed,
      async run(ctx, { params }) {
        return { body: { details: toDetails(await removeIdp(ctx, scope, params.idpId, place('4M0xy'))) } }
      },
    }),
  }
}
