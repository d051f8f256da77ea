'use client'

import { onDemand } from '@/components/ui/on-demand'
import { CardSkeleton } from '@/components/ui/skeleton'

/** The account of the signed-in person, loaded with its tab. */
export const AccountPart = onDemand(
  () => import('./account').then((module) => module.Account),
  <CardSkeleton lines={6} />,
)
