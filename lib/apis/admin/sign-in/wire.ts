import { z } from 'zod'

export { PasskeySignInInput } from '@/lib/model/passkey'

export const SignInProvidersAnswer = z.object({
  providers: z.array(z.object({ id: z.uuid(), name: z.string(), styling: z.enum(['unspecified', 'google']) })),
  passkeys: z.boolean().meta({ description: 'Whether passkeys work at this address and any is registered.' }),
})
export type SignInProvidersAnswer = z.output<typeof SignInProvidersAnswer>
