'use client'

import { Section } from '@/components/ui/card'
import type { SectionsProps } from '../../editor/kind-view'
import { IssuerField } from '../../fields/issuer-field'
import { MoreRules } from '../../fields/more-rules'
import { FieldSpot } from '../../form/field-spot'
import { RemoteKeyFields } from '../../keys/remote-key-fields'
import { AudienceField } from './audience-field'
import { SignInFields } from './sign-in-fields'

/** Sections of a sign-in trust: gateway, keys, people. */
export function SignInSections({ form: { control } }: SectionsProps) {
  return (
    <SignInFields control={control}>
      <Section
        title="Whose tokens we accept"
        description="Whose keys verify the tokens, and what the tokens must contain."
      >
        <div className="grid gap-5">
          <FieldSpot name="sources">
            <RemoteKeyFields control={control} at={0} kind="jwks-url" />
          </FieldSpot>
          <hr />
          <IssuerField control={control} />
          <AudienceField control={control} />
          <MoreRules
            control={control}
            help="A person is known by the subject, so a token without one is always refused; * matches any."
          />
        </div>
      </Section>
    </SignInFields>
  )
}
