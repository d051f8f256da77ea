import { z } from 'zod'

export { OrganizationPatch } from '@/lib/trust/return-origin'

export const OrganizationSettingsAnswer = z
  .object({
    returnOrigins: z.array(z.string()).meta({
      description:
        'Origins to which sign-ins for other applications may send browsers back, beside this server and loopback addresses.',
    }),
  })
  .meta({ id: 'OrganizationSettings' })
export type OrganizationSettingsAnswer = z.output<typeof OrganizationSettingsAnswer>
