import { z } from 'zod'
import { roles } from '@/lib/trust/role'

export { PasswordChange, SetupInput, SignInInput } from '@/lib/trust/person'

export const SetupState = z.object({ needed: z.boolean() })

/** Who is signed in; `null` when nobody is. */
export const SessionAnswer = z.object({
  session: z
    .object({
      user: z.object({ id: z.uuid(), name: z.string(), email: z.string() }),
      role: z.enum(roles),
      organization: z.object({ id: z.uuid(), name: z.string(), slug: z.string() }),
    })
    .nullable(),
})
export type SessionAnswer = z.output<typeof SessionAnswer>
export type SignedInSession = NonNullable<SessionAnswer['session']>
