'use client'

import { onDemand } from '@/components/ui/on-demand'

/** The page that asks for a second factor. Every page has it, few people see it: its forms are loaded when it is shown. */
export const RequiredSecondFactor = onDemand(() =>
  import('./set-up-second-factor').then((module) => module.SetUpSecondFactor),
)
