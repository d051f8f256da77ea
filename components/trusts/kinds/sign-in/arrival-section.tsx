'use client'

import { type Control, useWatch } from 'react-hook-form'
import { SwitchField } from '@/components/form/switch-field'
import { TextField } from '@/components/form/text-field'
import { Callout } from '@/components/ui/callout'
import { Section } from '@/components/ui/card'
import { shownText } from '@/components/ui/shown'
import { FieldSpot } from '../../form/field-spot'
import { endpointNote } from './endpoint-note'
import type { SignInFormValues } from './form'

/** The gateway's page, and the header in which it sends tokens. */
export function ArrivalSection({ control }: { control: Control<SignInFormValues> }) {
  const jwtEndpoint = useWatch({ control, name: 'signIn.jwtEndpoint' })
  const note = endpointNote(jwtEndpoint.trim(), window.location.origin)
  return (
    <Section title="Where people come from" description="The application that knows them already.">
      <div className="grid gap-4">
        <FieldSpot name="name">
          <TextField
            control={control}
            name="name"
            label="Name"
            help="On the button of the sign-in page: “Sign in with …”."
            placeholder="Company portal"
            autoComplete="off"
            maxLength={200}
          />
        </FieldSpot>
        <FieldSpot name="signIn.jwtEndpoint" className="grid gap-2">
          <TextField
            control={control}
            name="signIn.jwtEndpoint"
            type="url"
            mono
            label="JWT endpoint"
            help="A page of your gateway. The browser is sent there, so that its session cookies come along; Keybound never fetches it."
            placeholder="https://portal.example.com/auth/jwt"
          />
          {note && <Callout tone="attention">{shownText(note)}</Callout>}
        </FieldSpot>
        <FieldSpot name="signIn.headerName">
          <TextField
            control={control}
            name="signIn.headerName"
            mono
            label="Header name"
            help="The request header in which your gateway sends the token; empty means Authorization. A leading “Bearer ” is removed."
            placeholder="Authorization"
            autoComplete="off"
            maxLength={200}
          />
        </FieldSpot>
        <FieldSpot name="signIn.isOffered">
          <SwitchField
            control={control}
            name="signIn.isOffered"
            label="Let people sign in here"
            help="As a button on the sign-in page. Off: only other applications use it, through /v2/idp_intents."
          />
        </FieldSpot>
      </div>
    </Section>
  )
}
