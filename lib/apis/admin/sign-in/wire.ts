import { z } from 'zod'

export const SignInProvidersAnswer = z.object({
  providers: z.array(z.object({ id: z.uuid(), name: z.string(), styling: z.enum(['unspecified', 'google']) })),
})
