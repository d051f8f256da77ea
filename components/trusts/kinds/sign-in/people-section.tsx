'use client'

import { type Control, useWatch } from 'react-hook-form'
import { SelectField } from '@/components/form/select-field'
import { SwitchField } from '@/components/form/switch-field'
import { Callout } from '@/components/ui/callout'
import { Section } from '@/components/ui/card'
import { useCan } from '@/lib/client/session'
import { roleHelp } from '@/lib/client/words'
import { roles } from '@/lib/trust/role'
import { FieldSpot } from '../../form/field-spot'
import type { SignInFormValues } from './form'
import { ForwardedOptions } from './forwarded-options'

/** The treatment of people whose token is accepted. */
export function PeopleSection({ control }: { control: Control<SignInFormValues> }) {
  const [isAutoCreation, role] = useWatch({ control, name: ['signIn.isAutoCreation', 'signIn.role'] })
  const canAdminister = useCan('administer')
  return (
    <Section
      title="Who they become"
      description="A person is identified by this provider and their subject (sub), and by nothing else."
    >
      <div className="grid gap-4">
        <FieldSpot name="signIn.isAutoCreation" className="grid gap-2">
          <SwitchField
            control={control}
            name="signIn.isAutoCreation"
            label="Add people on their first sign-in"
            help="They become members of this organization with the role below. Off: only people who were added before, or linked by an admin, can sign in."
          />
          {!isAutoCreation && (
            <Callout tone="attention">
              New people cannot sign in by themselves: an admin links each to a member, with{' '}
              <code className="text-compact">POST /v2/users/{'{userId}'}/links</code>.
            </Callout>
          )}
        </FieldSpot>
        <FieldSpot name="signIn.role" className="grid gap-2">
          <SelectField
            control={control}
            name="signIn.role"
            label="Role of people who are added"
            help={
              canAdminister
                ? 'Applies at their first sign-in. Existing people keep their role; change it under Settings.'
                : 'Only an admin changes it.'
            }
            options={roleOptions}
            disabled={!canAdminister}
          />
          {isAutoCreation && role !== 'no-access' && (
            <Callout tone="attention">
              At their first sign-in, all people this issuer vouches for become {becoming[role]}.
            </Callout>
          )}
        </FieldSpot>
        <FieldSpot name="signIn.isAutoUpdate">
          <SwitchField
            control={control}
            name="signIn.isAutoUpdate"
            label="Take the name from the token at every sign-in"
            help="Only the name is updated; email address and role are not. Off: the name of the first sign-in is kept."
          />
        </FieldSpot>
        <ForwardedOptions control={control} />
      </div>
    </Section>
  )
}

const becoming = {
  admin: 'admins, who may do everything here',
  member: 'members, who manage identities and trusts',
  auditor: 'auditors, who read everything',
}

const roleOptions = roles.map((role) => ({
  value: role,
  label: role,
  help: role === 'no-access' ? 'May sign in, but sees nothing until an admin raises it' : roleHelp[role],
}))
