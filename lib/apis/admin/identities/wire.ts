import { z } from 'zod'
import { roles } from '@/lib/trust/role'

export { IdentityInput, IdentityPatch } from '@/lib/trust/identity'

export const IdentityAnswer = z
  .object({
    id: z.uuid(),
    organizationId: z.uuid(),
    name: z.string(),
    role: z.enum(roles),
    hasDeleteProtection: z.boolean(),
    metadata: z.array(z.object({ key: z.string(), value: z.string() })),
    /** jwt, oidc, token. */
    methods: z.array(z.string()),
    lastLoginMethod: z.string().nullable(),
    lastLoginAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'AdminIdentity' })
export type IdentityAnswer = z.output<typeof IdentityAnswer>

export const IdentityListAnswer = z.object({ identities: z.array(IdentityAnswer), total: z.number() })
export type IdentityListAnswer = z.output<typeof IdentityListAnswer>
