'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'
import { NumberField } from '@/components/form/number-field'
import { ShortForm, sendForm } from '@/components/form/short-form'
import { TextField } from '@/components/form/text-field'
import { Callout } from '@/components/ui/callout'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { ShownOnce } from '@/components/ui/shown-once'
import { type MadeDecoyToken, useMakeDecoyToken } from '@/lib/client/decoy-tokens'
import { DecoyTokenInput, decoyDaysMax } from '@/lib/model/decoy-token'

type Frame = { identityId: string; open: boolean; onOpenChange: (open: boolean) => void }

/** Makes a decoy token and shows it once; closing the dialog drops it. */
export function MakeDecoyToken({ identityId, open, onOpenChange }: Frame) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title="Make a decoy token">
        <Steps identityId={identityId} />
      </DialogContent>
    </Dialog>
  )
}

function Steps({ identityId }: { identityId: string }) {
  const [made, setMade] = useState<MadeDecoyToken | null>(null)
  if (!made) return <Form identityId={identityId} onMade={setMade} />
  return (
    <ShownOnce secret={made.token} label="decoy token">
      <Callout tone="attention" title="Copy it now">
        This token is shown only once and is not stored. Keybound refuses it, and any use opens an incident immediately.
        A server that verifies access tokens offline, with the public keys alone, accepts it until it expires, so give
        this canary no rights there.
      </Callout>
    </ShownOnce>
  )
}

function Form({ identityId, onMade }: { identityId: string; onMade: (made: MadeDecoyToken) => void }) {
  const make = useMakeDecoyToken(identityId)
  const form = useForm<z.input<typeof DecoyTokenInput>, unknown, z.output<typeof DecoyTokenInput>>({
    resolver: zodResolver(DecoyTokenInput),
    defaultValues: { name: '', place: '', days: decoyDaysMax },
  })
  const submit = sendForm(form, async (sent) => {
    onMade(await make.mutateAsync(sent))
  })
  return (
    <ShortForm form={form} onSubmit={submit}>
      <TextField
        control={form.control}
        name="name"
        label="Name"
        help="Only for your information: it is not in the token."
        placeholder="old backup job"
        autoFocus
      />
      <TextField
        control={form.control}
        name="place"
        label="Where it is planted"
        help="The incident shows it, so that you know which place leaked."
        placeholder="Variable DEPLOY_TOKEN of acme/shop"
      />
      <NumberField
        control={form.control}
        name="days"
        label="Valid for days"
        help={`The lifetime that the token claims, at most ${decoyDaysMax} days, as for any access token. Its use opens an incident even after that.`}
      />
      <DialogActions submitLabel="Make decoy token" busy={form.formState.isSubmitting} />
    </ShortForm>
  )
}
