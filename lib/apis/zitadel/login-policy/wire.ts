import { z } from 'zod'
import { listAnswer, ownerTypes } from '../idps/wire'
import { ourId, protoEnum, Uint } from '../protocol'

export const AddToLoginPolicy = z.object({
  idpId: ourId('AddIDPToLoginPolicyRequest', 'IdpId', 1),
  ownerType: protoEnum(ownerTypes).describe('Whose provider it is; unspecified = either.'),
})

export const ListLoginPolicy = z.object({
  query: z.object({ offset: Uint, limit: Uint, asc: z.boolean().prefault(false) }).prefault({}),
})

/** A provider in the login policy. */
export const LoginPolicyLink = z
  .object({ idpId: z.string(), idpName: z.string(), idpType: z.literal('IDP_TYPE_JWT') })
  .meta({ id: 'ZitadelLoginPolicyLink' })
export type LoginPolicyLink = z.output<typeof LoginPolicyLink>

export const LoginPolicyAnswer = listAnswer(LoginPolicyLink).omit({ sortingColumn: true })
