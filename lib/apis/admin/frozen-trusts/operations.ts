import { z } from 'zod'
import { LiftReason } from '@/lib/model/freeze'
import { liftFreeze } from '@/lib/services/trust/lift-freeze'
import { listFrozenTrusts } from '@/lib/services/trust/list-frozen-trusts'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import { FrozenTrustsAnswer } from './wire'

export const freezeOperations = {
  listFrozenTrusts: defineOperation({
    method: 'GET',
    path: '/api/admin/frozen-trusts',
    summary: 'List frozen trusts',
    description:
      'A trust is frozen when a name in a token that it would accept comes with a different id than before (`repository` and `repository_id`). That token and all later ones are refused until the freeze is lifted.',
    auth: 'required',
    success: { status: 200, description: 'The last 200 that were frozen.', schema: FrozenTrustsAnswer },
    async run(ctx) {
      return { body: { frozen: await listFrozenTrusts(ctx) } }
    },
  }),

  liftFreeze: defineOperation({
    method: 'POST',
    path: '/api/admin/trusts/{trustId}/lift-freeze',
    summary: 'Lift the freeze of a trust',
    description: 'The id of the name is forgotten; the next token that the trust accepts sets it.',
    auth: 'required',
    params: z.object({ trustId: Id }),
    body: z.strictObject({ reason: LiftReason }),
    records: ['trust.freeze-lifted'],
    success: { status: 204, description: 'Logins by it are accepted again.' },
    async run(ctx, { params, body }) {
      await liftFreeze(ctx, params.trustId, body)
      return { body: undefined }
    },
  }),
}
