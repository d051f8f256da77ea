'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { formatDuration } from '@/components/form/duration'
import { ShortForm, sendForm } from '@/components/form/short-form'
import { TextField } from '@/components/form/text-field'
import { Callout } from '@/components/ui/callout'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { shownText } from '@/components/ui/shown'
import { ShownOnce } from '@/components/ui/shown-once'
import type { Identity } from '@/lib/client/identities'
import { type IssuedToken, useIssueToken } from '@/lib/client/tokens'

type Frame = { identity: Identity; open: boolean; onOpenChange: (open: boolean) => void }

/** Issues an access token and shows it once; closing the dialog drops it. */
export function IssueToken({ identity, open, onOpenChange }: Frame) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={`Issue a token for ${identity.name}`}>
        <Steps identity={identity} />
      </DialogContent>
    </Dialog>
  )
}

function Steps({ identity }: { identity: Identity }) {
  const [issued, setIssued] = useState<IssuedToken | null>(null)
  if (!issued) return <NameStep identity={identity} onIssued={setIssued} />
  return (
    <ShownOnce secret={issued.accessToken} label="access token">
      <Callout tone="attention" title="Copy it now">
        This token is shown only once and is not stored. It works for {formatDuration(issued.expiresIn)} as{' '}
        {shownText(identity.name)}.
      </Callout>
    </ShownOnce>
  )
}

const NameForm = z.object({ name: z.string().trim().max(200, 'At most 200 characters.') })

function NameStep({ identity, onIssued }: { identity: Identity; onIssued: (issued: IssuedToken) => void }) {
  const issue = useIssueToken(identity.id)
  const form = useForm({ resolver: zodResolver(NameForm), defaultValues: { name: '' } })
  const submit = sendForm(form, async ({ name }) => {
    onIssued(await issue.mutateAsync(name === '' ? {} : { name }))
  })
  return (
    <ShortForm form={form} onSubmit={submit}>
      <TextField
        control={form.control}
        name="name"
        label="Name"
        help="Optional: what it is for, so that it can be found and revoked later."
        placeholder="nightly backup"
        autoFocus
      />
      <DialogActions submitLabel="Issue token" busy={form.formState.isSubmitting} />
    </ShortForm>
  )
}
