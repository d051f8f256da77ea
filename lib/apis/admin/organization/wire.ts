import { z } from 'zod'

export { OrganizationPatch } from '@/lib/trust/return-origin'

export const OrganizationSettingsAnswer = z
  .object({
    returnOrigins: z.array(z.string()).meta({
      description:
        'Origins to which sign-ins for other applications may send browsers back, beside this server and loopback addresses.',
    }),
    unreadable: z.array(z.string()).optional().meta({
      description: 'Settings whose stored text cannot be read; they count as empty until they are set again.',
    }),
  })
  .meta({ id: 'OrganizationSettings' })
export type OrganizationSettingsAnswer = z.output<typeof OrganizationSettingsAnswer>
