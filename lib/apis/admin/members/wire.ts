import { z } from 'zod'
import { roles } from '@/lib/trust/role'
import { TakeOver } from '../identities/wire'

export { MemberInput } from '@/lib/trust/person'

export const MemberAnswer = z
  .object({ id: z.uuid(), name: z.string(), email: z.string(), role: z.enum(roles), createdAt: z.iso.datetime() })
  .meta({ id: 'Member' })
export type MemberAnswer = z.output<typeof MemberAnswer>

export const MemberListAnswer = z.object({ members: z.array(MemberAnswer) })
export type MemberListAnswer = z.output<typeof MemberListAnswer>

export const MemberPatch = z.strictObject({ role: z.enum(roles), takeOver: TakeOver })
