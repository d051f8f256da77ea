'use client'

import { Fragment } from 'react'
import { useWatch } from 'react-hook-form'
import { Callout } from '@/components/ui/callout'
import { Section } from '@/components/ui/card'
import { onDemand } from '@/components/ui/on-demand'
import type { SectionsProps } from '../../editor/kind-view'
import { GrantFields } from '../../fields/grant-fields'
import { MoreRules } from '../../fields/more-rules'
import { FieldSpot } from '../../form/field-spot'
import { ownControl } from '../../form/kind-form'
import { SourceFields } from '../../keys/key-fields'
import type { IssuerFormValues } from './form'
import { IssuerFields } from './issuer-fields'
import { unrepresentableParts } from './unrepresentable-parts'

// Loaded like the keys that it shows.
const EffectiveKeys = onDemand(() => import('../../keys/effective-keys').then((module) => module.EffectiveKeys))

/** Sections of an issuer: name, keys, roles and permissions. */
export function IssuerSections({ form, stored, policy }: SectionsProps) {
  const { control } = form
  const [rows, subject, claims, otherRules] = useWatch({
    control,
    name: ['sources', 'subject', 'claims', 'otherRules'],
  })
  const unrepresentable = unrepresentableParts({ sources: rows, subject, claims, otherRules })
  return (
    <>
      {unrepresentable.length > 0 && (
        <Callout tone="attention" title="NativeFrame’s API does not show this issuer">
          It cannot represent {unrepresentable.join(' and ')}. Tokens of this issuer are accepted all the same; change
          it here.
        </Callout>
      )}
      <IssuerFields control={ownControl<IssuerFormValues>(control)} stored={stored}>
        <MoreRules
          control={control}
          help="Other claims that a token must have. NativeFrame’s API cannot represent these rules."
        />
      </IssuerFields>
      <Section
        title="Keys"
        description="The URL’s keys come first; a supplied key is used if the URL has none with its kid."
      >
        <div className="grid gap-5">
          {rows.map(({ kind }, at) => (
            <Fragment key={at}>
              <FieldSpot name={`sources.${at}`}>
                <SourceFields control={control} at={at} kind={kind} />
              </FieldSpot>
              <hr />
            </Fragment>
          ))}
          <EffectiveKeys policy={policy} />
        </div>
      </Section>
      <Section
        title="Access token"
        description="The access token that an accepted login gets. It carries the token’s roles and permissions."
      >
        <GrantFields control={control} />
      </Section>
    </>
  )
}
