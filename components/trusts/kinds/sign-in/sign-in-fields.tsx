'use client'

import type { ReactNode } from 'react'
import type { Control } from 'react-hook-form'
import { ownControl } from '../../form/kind-form'
import type { TrustFormValues } from '../../form/values'
import { ArrivalSection } from './arrival-section'
import type { SignInFormValues } from './form'
import { PeopleSection } from './people-section'

/** Fields of sign-in trusts only, before and after `children`. */
export function SignInFields({ control, children }: { control: Control<TrustFormValues>; children: ReactNode }) {
  const own = ownControl<SignInFormValues>(control)
  return (
    <>
      <ArrivalSection control={own} />
      {children}
      <PeopleSection control={own} />
    </>
  )
}
