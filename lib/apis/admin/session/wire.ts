import { z } from 'zod'
import { roles } from '@/lib/trust/role'

export { PasswordChange, PasswordResetInput, SetupInput, SignInInput } from '@/lib/trust/person'

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

export const ListedSessionAnswer = z
  .object({
    id: z.string(),
    isCurrent: z.boolean(),
    method: z.string().nullable().meta({ description: 'password or provider; null where it is not known.' }),
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable().meta({ description: 'At most five minutes behind.' }),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'ListedSession' })
export type ListedSessionAnswer = z.output<typeof ListedSessionAnswer>

export const SessionListAnswer = z.object({ sessions: z.array(ListedSessionAnswer) })
