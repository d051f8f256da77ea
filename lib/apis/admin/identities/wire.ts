import { z } from 'zod'
import { IdentityPatch } from '@/lib/model/identity'
import { roles } from '@/lib/trust/role'
import { PageAnswer } from '../pages/wire'

export { IdentityInput } from '@/lib/model/identity'

/** Sent with a raised role: the actor takes over trusts that an actor of a lower role changed last. */
export const TakeOver = z
  .boolean()
  .default(false)
  .meta({ description: 'Take over trusts that were last changed by an actor below the new role.' })

export const IdentityChange = IdentityPatch.extend({ takeOver: TakeOver }).meta({ id: 'IdentityChange' })

export const IdentityAnswer = z
  .object({
    id: z.uuid(),
    organizationId: z.uuid(),
    name: z.string(),
    role: z.enum(roles),
    hasDeleteProtection: z.boolean(),
    isCanary: z.boolean().meta({ description: 'Every login as it is refused and opens an incident immediately.' }),
    canaryPlace: z.string().meta({ description: 'Where a canary is planted; empty otherwise.' }),
    metadata: z.array(z.object({ key: z.string(), value: z.string() })),
    /** jwt, oidc, token. */
    methods: z.array(z.string()),
    lastLoginMethod: z.string().nullable(),
    lastLoginAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    unreadable: z
      .array(z.string())
      .optional()
      .meta({ description: 'Fields whose stored text cannot be read; absent where all can.' }),
  })
  .meta({ id: 'AdminIdentity' })
export type IdentityAnswer = z.output<typeof IdentityAnswer>

export const IdentityListAnswer = PageAnswer.extend({ identities: z.array(IdentityAnswer) })
export type IdentityListAnswer = z.output<typeof IdentityListAnswer>

/** Controllers of trusts that log in as an identity. */
export const ControllerAnswer = z
  .object({
    trustId: z.uuid(),
    method: z.string(),
    name: z.string(),
    by: z
      .object({
        kind: z.string().nullable(),
        id: z.string().nullable(),
        name: z.string().nullable(),
        role: z.enum(roles).meta({ description: 'The lower of the role at the change and the role now.' }),
      })
      .meta({ description: 'Who changed the trust last; null where it is not known.' }),
  })
  .meta({ id: 'TrustController' })
export type ControllerAnswer = z.output<typeof ControllerAnswer>

export const ControllerListAnswer = z.object({ controllers: z.array(ControllerAnswer) })
