import { z } from 'zod'

export { OrganizationPatch } from '@/lib/model/organization-settings'

export const OrganizationSettingsAnswer = z
  .object({
    returnOrigins: z.array(z.string()).meta({
      description:
        'Origins to which sign-ins for other applications may send browsers back, beside this server and loopback addresses.',
    }),
    requiresSecondFactor: z.boolean().meta({
      description: 'Whether people must have a second factor, however they sign in. Who has none is led to set one up.',
    }),
    reviewIntervalDays: z.number().nullable().meta({
      description: 'Days after which what was in no access review is due for one; null: it never is.',
    }),
    unreadable: z.array(z.string()).optional().meta({
      description: 'Settings whose stored text cannot be read; they count as empty until they are set again.',
    }),
  })
  .meta({ id: 'OrganizationSettings' })
export type OrganizationSettingsAnswer = z.output<typeof OrganizationSettingsAnswer>
