import { z } from 'zod'
import { createIdentity } from '@/lib/services/identity/create-identity'
import { getIdentity } from '@/lib/services/identity/get-identity'
import { IdentityQuery, listIdentities } from '@/lib/services/identity/list-identities'
import { removeIdentity } from '@/lib/services/identity/remove-identity'
import { updateIdentity } from '@/lib/services/identity/update-identity'
import { listIdentityControllers } from '@/lib/services/trust/list-controllers'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import { ControllerListAnswer, IdentityAnswer, IdentityChange, IdentityInput, IdentityListAnswer } from './wire'

const Path = z.object({ identityId: Id })
const one = { status: 200, description: 'The identity.', schema: IdentityAnswer }

export const identityOperations = {
  listIdentities: defineOperation({
    method: 'GET',
    path: '/api/admin/identities',
    summary: 'List and search identities',
    auth: 'required',
    query: IdentityQuery,
    success: { status: 200, description: 'A page.', schema: IdentityListAnswer },
    async run(ctx, { query }) {
      return { body: await listIdentities(ctx, query) }
    },
  }),

  createIdentity: defineOperation({
    method: 'POST',
    path: '/api/admin/identities',
    summary: 'Create an identity',
    auth: 'required',
    body: IdentityInput,
    records: ['identity.created'],
    success: { ...one, status: 201 },
    async run(ctx, { body }) {
      return { body: await createIdentity(ctx, body) }
    },
  }),

  getIdentity: defineOperation({
    method: 'GET',
    path: '/api/admin/identities/{identityId}',
    summary: 'Read an identity',
    auth: 'required',
    params: Path,
    success: one,
    async run(ctx, { params }) {
      return { body: await getIdentity(ctx, params.identityId) }
    },
  }),

  updateIdentity: defineOperation({
    method: 'PATCH',
    path: '/api/admin/identities/{identityId}',
    summary: 'Change an identity',
    description:
      'Raising a role revokes earlier access tokens. If a trust was last changed by an actor below the new role, `takeOver` is required.',
    auth: 'required',
    params: Path,
    body: IdentityChange,
    records: ['identity.updated', 'trust.taken-over'],
    success: one,
    async run(ctx, { params, body: { takeOver, ...patch } }) {
      return { body: await updateIdentity(ctx, params.identityId, patch, { takeOver }) }
    },
  }),

  listIdentityControllers: defineOperation({
    method: 'GET',
    path: '/api/admin/identities/{identityId}/controllers',
    summary: 'List who controls the logins of an identity',
    description: 'For each of its trusts, the actor who last changed it.',
    auth: 'required',
    params: Path,
    success: { status: 200, description: 'One for each trust.', schema: ControllerListAnswer },
    async run(ctx, { params }) {
      return { body: { controllers: await listIdentityControllers(ctx, params.identityId) } }
    },
  }),

  removeIdentity: defineOperation({
    method: 'DELETE',
    path: '/api/admin/identities/{identityId}',
    summary: 'Delete an identity',
    auth: 'required',
    params: Path,
    records: ['identity.deleted'],
    success: { status: 204, description: 'Removed, with its methods and tokens.' },
    async run(ctx, { params }) {
      await removeIdentity(ctx, params.identityId)
      return { body: undefined }
    },
  }),
}
