import type { ReactNode } from 'react'
import type { Control } from 'react-hook-form'
import { Section } from '@/components/ui/card'
import type { KeyKind } from '../form/source-rows'
import type { TrustFormValues } from '../form/values'
import { KeyFields } from '../keys/key-fields'
import { ClaimFields } from './claim-fields'
import { GrantFields } from './grant-fields'

/** Sections of an identity's trust. */
export function IdentitySections({
  control,
  keyKinds,
  children,
}: {
  control: Control<TrustFormValues>
  keyKinds: readonly KeyKind[]
  /** Further fields of the grant. */
  children?: ReactNode
}) {
  return (
    <>
      <Section title="What we trust" description="Whose keys verify the tokens, and what the tokens must contain.">
        <div className="grid gap-5">
          <KeyFields control={control} usual={keyKinds} />
          <hr />
          <ClaimFields control={control} />
        </div>
      </Section>
      <Section title="Access token" description="The access token that an accepted login gets.">
        <GrantFields control={control}>{children}</GrantFields>
      </Section>
    </>
  )
}
