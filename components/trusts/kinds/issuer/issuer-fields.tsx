'use client'

import type { ReactNode } from 'react'
import { type Control, useWatch } from 'react-hook-form'
import { ChipsField } from '@/components/form/chips-field'
import { FormField } from '@/components/form/form-field'
import { maskOfValue } from '@/components/form/mask'
import { MaskField } from '@/components/form/mask-field'
import { TextField } from '@/components/form/text-field'
import { Callout } from '@/components/ui/callout'
import { Section } from '@/components/ui/card'
import { Input } from '@/components/ui/input'
import type { StoredTrust } from '@/lib/client/trusts'
import { FieldSpot } from '../../form/field-spot'
import type { IssuerFormValues } from './form'

/** Fields of an issuer and the limits of its tokens. */
export function IssuerFields({
  control,
  stored,
  children,
}: {
  control: Control<IssuerFormValues>
  /** null: not stored yet, so it can still be named. */
  stored: StoredTrust | null
  /** Further rules. */
  children?: ReactNode
}) {
  const audiences = useWatch({ control, name: 'audiences' })
  return (
    <>
      <Section title="Issuer" description="Who issues the tokens, and for which audience.">
        <div className="grid gap-4">
          <FieldSpot name="issuer">
            {stored ? (
              <FormField
                label="Issuer"
                help="The exact value of the claim iss. An issuer cannot be renamed: add a new one, then remove this one."
              >
                {(wiring) => <Input {...wiring} mono readOnly value={stored.issuer ?? ''} />}
              </FormField>
            ) : (
              <TextField
                control={control}
                name="issuer"
                mono
                label="Issuer"
                help="The exact value of the claim iss, including a trailing slash. It cannot be changed later."
                placeholder="https://issuer.example.com"
                maxLength={500}
              />
            )}
          </FieldSpot>
          <ProjectField control={control} />
          <FieldSpot name="audiences" className="grid gap-2">
            <ChipsField
              control={control}
              name="audiences"
              label="Audiences"
              help="The claim aud must contain exactly one of these values. Press Enter to add one."
              placeholder="https://keybound.example.com"
            />
            {audiences.length === 0 && (
              <Callout tone="attention" title="No audience">
                A token that this issuer made for another service is also accepted here.
              </Callout>
            )}
          </FieldSpot>
        </div>
      </Section>
      <IssuerLimits control={control}>{children}</IssuerLimits>
    </>
  )
}

/** The project that an issuer is filed under. */
export function ProjectField({ control }: { control: Control<IssuerFormValues> }) {
  return (
    <FieldSpot name="project">
      <TextField
        control={control}
        name="project"
        mono
        label="Project"
        help="The label of its project in NativeFrame’s API; a new project is created on saving."
        placeholder="video"
        autoComplete="off"
        maxLength={200}
      />
    </FieldSpot>
  )
}

/** The most that the issuer's tokens may claim. */
export function IssuerLimits({ control, children }: { control: Control<IssuerFormValues>; children?: ReactNode }) {
  const prm = useWatch({ control, name: 'prm' })
  return (
    <Section
      title="Roles and permissions"
      description="The most that a token may claim; one that claims more is refused."
    >
      <div className="grid gap-5">
        <FieldSpot name="roles">
          <ChipsField
            control={control}
            name="roles"
            label="Roles"
            help="The only roles a token may claim (exact values). Empty: all roles."
            placeholder="viewer"
          />
        </FieldSpot>
        <FieldSpot name="prm">
          <MaskField
            control={control}
            name="prm"
            label="Permissions"
            help="The only bits that a token’s prm may set. Decimal or hex; empty or 0: ALL permissions."
            placeholder="0xff"
            zeroMeans="ALL permissions"
            note={maskOfValue(prm) === 0n && <AllPermissions />}
          />
        </FieldSpot>
        {children}
      </div>
    </Section>
  )
}

/** On the wire 0 and absent are the same, so neither can mean "none" (docs/apis/nativeframe.md, "Fields"). */
const AllPermissions = () => (
  <Callout tone="attention" title="0 means ALL permissions, not none">
    A token may claim all 64 permissions. 0 cannot express “no permissions”: set one bit that nothing uses, or disable
    the issuer.
  </Callout>
)
