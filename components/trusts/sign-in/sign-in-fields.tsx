'use client'

import type { ReactNode } from 'react'
import type { Control } from 'react-hook-form'
import type { TrustFormValues } from '../trust-form'
import { ArrivalSection } from './arrival-section'
import { PeopleSection } from './people-section'

/** What only sign-in trusts say, before and after `children`: whose tokens are believed. */
export function SignInFields({ control, children }: { control: Control<TrustFormValues>; children: ReactNode }) {
  return (
    <>
      <ArrivalSection control={control} />
      {children}
      <PeopleSection control={control} />
    </>
  )
}
