import { z } from 'zod'

export { OrganizationPatch } from '@/lib/model/organization-settings'

export const OrganizationSettingsAnswer = z
  .object({
    returnOrigins: z.array(z.string()).meta({
      description:
        'Origins to which sign-ins for other applications may send browsers back, beside this server and loopback addresses.',
    }),
    requiresSecondFactor: z.boolean().meta({
      description:
        'Whether people must have a second factor, however they sign in. People without one are asked to set one up.',
    }),
    reviewIntervalDays: z.number().nullable().meta({
      description: 'Days after which things that were in no access review are due for one; null: never.',
    }),
    unreadable: z.array(z.string()).optional().meta({
      description: 'Settings whose stored text cannot be read; they count as empty until they are set again.',
    }),
  })
  .meta({ id: 'OrganizationSettings' })
export type OrganizationSettingsAnswer = z.output<typeof OrganizationSettingsAnswer>
