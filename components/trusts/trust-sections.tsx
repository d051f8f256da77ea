'use client'

import type { UseFormReturn } from 'react-hook-form'
import { Section } from '@/components/ui/card'
import type { StoredTrust } from '@/lib/client/trusts'
import type { TrustPolicy } from '@/lib/trust/trust'
import { AdvancedFields } from './advanced-fields'
import { ClaimFields } from './claim-fields'
import { GrantFields } from './grant-fields'
import { IssuerSections } from './issuer/issuer-sections'
import { KeyFields } from './key-fields'
import { SignInSections } from './sign-in/sign-in-sections'
import type { TrustFormValues } from './trust-form'

export type SectionsProps = {
  form: UseFormReturn<TrustFormValues>
  /** null: it is not set up yet. */
  stored: StoredTrust | null
  /** What of the draft is valid. */
  policy: TrustPolicy
}

/** The left pane: what a trust of this method says. */
export function TrustSections(props: SectionsProps) {
  const { control, getValues } = props.form
  const method = getValues('method')
  return (
    <>
      {method === 'issuer' ? (
        <IssuerSections {...props} />
      ) : method === 'sign-in' ? (
        <SignInSections {...props} />
      ) : (
        <>
          <Section title="What we trust" description="Whose keys, and what their tokens must say.">
            <div className="grid gap-5">
              <KeyFields control={control} />
              <hr />
              <ClaimFields control={control} />
            </div>
          </Section>
          <Section title="What it buys" description="The access token an accepted login gets.">
            <GrantFields control={control} />
          </Section>
        </>
      )}
      <AdvancedFields control={control} />
    </>
  )
}
