'use client'

import type { Control } from 'react-hook-form'
import { SelectField } from '@/components/form/select-field'
import { SwitchField } from '@/components/form/switch-field'
import { FieldSpot } from '../../form/field-spot'
import type { SignInFormValues } from './form'

/**
 * Options of ZITADEL that its clients set and read, without effect on our sign-in (docs/decisions.md: people are
 * matched by provider and `sub`). Shown apart, so that no switch promises more.
 */
export function ForwardedOptions({ control }: { control: Control<SignInFormValues> }) {
  return (
    <details className="rounded-md border">
      <summary className="px-3 py-2 font-medium leading-6">
        For other applications{' '}
        <span className="font-normal text-muted-foreground">kept and passed on, without effect here</span>
      </summary>
      <div className="grid gap-4 border-t p-3">
        <p className="text-compact text-muted-foreground">
          An application that signs people in through <code>/v2/idp_intents</code> reads these from ZITADEL’s API and
          decides by them. Keybound’s own sign-in does not.
        </p>
        <FieldSpot name="signIn.isLinkingAllowed">
          <SwitchField
            control={control}
            name="signIn.isLinkingAllowed"
            label="Linking allowed"
            help="isLinkingAllowed: people may link themselves to an account they have there."
          />
        </FieldSpot>
        <FieldSpot name="signIn.isCreationAllowed">
          <SwitchField
            control={control}
            name="signIn.isCreationAllowed"
            label="Creation allowed"
            help="isCreationAllowed: people may make an account there themselves."
          />
        </FieldSpot>
        <div className="grid gap-4 sm:grid-cols-2">
          <FieldSpot name="signIn.autoLinking">
            <SelectField
              control={control}
              name="signIn.autoLinking"
              label="Automatic linking"
              help="autoLinking. Never here: the operator of an issuer could claim an admin’s address."
              options={autoLinkings}
            />
          </FieldSpot>
          <FieldSpot name="signIn.styling">
            <SelectField
              control={control}
              name="signIn.styling"
              label="Button style"
              help="stylingType. Our own sign-in page has one style."
              options={stylings}
            />
          </FieldSpot>
        </div>
      </div>
    </details>
  )
}

const autoLinkings = [
  { value: 'unspecified', label: 'None' },
  { value: 'username', label: 'By user name' },
  { value: 'email', label: 'By verified email address' },
]

const stylings = [
  { value: 'unspecified', label: 'None' },
  { value: 'google', label: 'Google' },
]
