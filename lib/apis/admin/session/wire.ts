import { z } from 'zod'
import { FactorCode } from '@/lib/model/second-factor'
import { roles } from '@/lib/trust/role'

export { PasswordChange, PasswordResetInput, SetupInput, SignInInput } from '@/lib/model/person'

export const SetupState = z.object({ needed: z.boolean() })
export type SetupState = z.output<typeof SetupState>

/** The signed-in person, or `null`. */
export const SessionAnswer = z.object({
  session: z
    .object({
      user: z.object({ id: z.uuid(), name: z.string(), email: z.string() }),
      role: z.enum(roles),
      mustSetUpSecondFactor: z.boolean().meta({
        description:
          'Whether the organization requires a second factor and this person has none: all they may do is set one up.',
      }),
      organization: z.object({ id: z.uuid(), name: z.string(), slug: z.string() }),
    })
    .nullable(),
})
export type SessionAnswer = z.output<typeof SessionAnswer>
export type SignedInSession = NonNullable<SessionAnswer['session']>

/** Ways to complete a sign-in; both may be possible. */
const Factors = z.object({ code: z.boolean(), passkey: z.boolean() })

export const SignInAnswer = z.object({
  secondStep: Factors.optional().meta({ description: 'Absent where the session has begun.' }),
})
export type SignInAnswer = z.output<typeof SignInAnswer>

export const SecondStepAnswer = z.object({ secondStep: Factors.extend({ next: z.string() }).nullable() })
export type SecondStepAnswer = z.output<typeof SecondStepAnswer>
export type SecondStep = NonNullable<z.output<typeof SecondStepAnswer>['secondStep']>

export const SecondStepInput = z.strictObject({ code: FactorCode })

export const ListedSessionAnswer = z
  .object({
    id: z.string(),
    isCurrent: z.boolean(),
    method: z.string().nullable().meta({
      description: 'password, provider or passkey, with `+code` after a second step; null where it is not known.',
    }),
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable().meta({ description: 'At most five minutes behind.' }),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'ListedSession' })
export type ListedSessionAnswer = z.output<typeof ListedSessionAnswer>

export const SessionListAnswer = z.object({ sessions: z.array(ListedSessionAnswer) })
export type SessionListAnswer = z.output<typeof SessionListAnswer>
