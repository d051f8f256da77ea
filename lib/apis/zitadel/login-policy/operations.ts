import { z } from 'zod'
import type { SignInOptions } from '@/lib/trust/kinds/sign-in'
import { Id } from '@/lib/trust/uuid'
import { defineOperation } from '../../api'
import { toDetails } from '../idps/mapper'
import { permits } from '../idps/reach'
import { searched } from '../idps/search'
import { ownerTypes, type Scope } from '../idps/wire'
import { DetailsAnswer, enumNumber } from '../protocol'
import { listDetails, withoutDefaults } from '../protojson'
import { listOffered, offerIdp, withdrawIdp } from './offer'
import { AddToLoginPolicy, ListLoginPolicy, LoginPolicyAnswer } from './wire'

const owners: readonly (SignInOptions['owner'] | null)[] = [null, 'system', 'organization']

/** Operations on the providers of the sign-in page. There is one page, so both levels change the same list. */
export const loginPolicyOperations = (scope: Scope) => {
  const path = `/${scope}/v1/policies/login/idps`
  const writes = { auth: 'required' as const, authorise: permits(scope, 'write') }
  const done = { status: 200, description: 'Done.', schema: DetailsAnswer }

  return {
    addIDPToLoginPolicy: defineOperation({
      ...writes,
      method: 'POST',
      path,
      summary: 'Offer a provider on the sign-in page',
      description: 'One that is offered already, as every new one is, stays as it is and answers its old sequence.',
      body: AddToLoginPolicy,
      records: ['trust.updated'],
      success: done,
      async run(ctx, { body }) {
        // Only the ManagementService's request has `ownerType`; the AdminService ignores it as an unknown field.
        const named = scope === 'management' ? owners[enumNumber(ownerTypes, body.ownerType)] : null
        const owner = named ?? null
        return { body: { details: toDetails(await offerIdp(ctx, scope, body.idpId, owner)) } }
      },
    }),

    removeIDPFromLoginPolicy: defineOperation({
      ...writes,
      method: 'DELETE',
      path: `${path}/{idpId}`,
      summary: 'Take a provider off the sign-in page',
      description: 'Sign-ins here through it end; other applications go on, by intents. People stay linked.',
      params: z.object({ idpId: Id }),
      records: ['trust.updated'],
      success: done,
      async run(ctx, { params }) {
        return { body: { details: toDetails(await withdrawIdp(ctx, scope, params.idpId)) } }
      },
    }),

    listLoginPolicyIDPs: defineOperation({
      auth: 'required',
      authorise: permits(scope, 'read'),
      method: 'POST',
      path: `${path}/_search`,
      summary: 'Providers that the sign-in page offers',
      description: 'Inactive ones are listed too: they are offered again once they are active.',
      body: ListLoginPolicy,
      records: [],
      success: { status: 200, description: 'A page, by name.', schema: LoginPolicyAnswer },
      async run(ctx, { body }) {
        const { trusts, sequence } = await listOffered(ctx, scope)
        const { page, total } = searched(trusts, { ...body, queries: [] })
        const result = page.map(({ id, name }) => ({ idpId: id, idpName: name, idpType: 'IDP_TYPE_JWT' as const }))
        return { body: { details: listDetails(ctx.now(), total, sequence), ...withoutDefaults({ result }) } }
      },
    }),
  }
}
