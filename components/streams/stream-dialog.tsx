'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'
import { NumberField } from '@/components/form/number-field'
import { ShortForm, sendForm } from '@/components/form/short-form'
import { TextField } from '@/components/form/text-field'
import { TextareaField } from '@/components/form/textarea-field'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { toast } from '@/components/ui/toaster'
import { type Stream, useCreateStream, useUpdateStream } from '@/lib/client/streams'
import { StreamInput } from '@/lib/model/stream'
import { KindsField } from './kinds-field'
import { SecretOnce } from './secret-once'

type Frame = { open: boolean; onOpenChange: (open: boolean) => void }

/** Makes a stream, shows its secret once, and opens its page. */
export function NewStream({ open, onOpenChange }: Frame) {
  const router = useRouter()
  const create = useCreateStream()
  const [made, setMade] = useState<{ id: string; secret: string } | null>(null)
  return (
    <>
      <Dialog open={open} onOpenChange={onOpenChange}>
        <DialogContent title="New stream" description="It starts with the events from now on.">
          <Fields
            values={{ name: '', url: '', kinds: ['audit', 'refused'], batchMax: 1, caCert: '' }}
            submitLabel="Create stream"
            onSave={async (values) => {
              const { id, secret } = await create.mutateAsync(values)
              onOpenChange(false)
              setMade({ id, secret })
            }}
          />
        </DialogContent>
      </Dialog>
      <SecretOnce
        secret={made?.secret ?? null}
        onClose={() => {
          if (made) router.push(`/streams/${made.id}`)
          setMade(null)
        }}
      />
    </>
  )
}

/** Changes a stream. */
export function EditStream({ stream, open, onOpenChange }: Frame & { stream: Stream }) {
  const update = useUpdateStream(stream)
  const { name, url, kinds, batchMax, caCert } = stream
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={`Edit ${stream.name}`}
        description="A new receiver gets what this one has not accepted yet; nothing is sent twice or skipped."
      >
        <Fields
          values={{ name, url, kinds, batchMax, caCert }}
          submitLabel="Save"
          onSave={async (values) => {
            await update.mutateAsync(values)
            toast.success(`Stream ${values.name} saved`)
            onOpenChange(false)
          }}
        />
      </DialogContent>
    </Dialog>
  )
}

function Fields({
  values,
  submitLabel,
  onSave,
}: {
  values: StreamInput
  submitLabel: string
  onSave: (values: StreamInput) => Promise<void>
}) {
  const form = useForm<z.input<typeof StreamInput>, unknown, StreamInput>({
    resolver: zodResolver(StreamInput),
    defaultValues: values,
  })
  const { control } = form
  const submit = sendForm(form, async (sent) => {
    await onSave(sent)
  })
  return (
    <ShortForm form={form} onSubmit={submit}>
      <TextField control={control} name="name" label={labels.name} placeholder="SIEM" autoComplete="off" autoFocus />
      <TextField
        control={control}
        name="url"
        type="url"
        mono
        label={labels.url}
        placeholder="https://siem.example.com/keybound"
        autoComplete="off"
        help="Each request is a POST, signed with the secret that is shown next."
      />
      <KindsField control={control} name="kinds" label={labels.kinds} />
      <NumberField
        control={control}
        name="batchMax"
        label={labels.batchMax}
        help="1: each request is one event. More: each is a list, for many logins."
      />
      <TextareaField
        control={control}
        name="caCert"
        label={labels.caCert}
        mono
        rows={3}
        placeholder="-----BEGIN CERTIFICATE-----"
        help="Only for a receiver with a certificate from your own CA."
      />
      <DialogActions submitLabel={submitLabel} busy={form.formState.isSubmitting} />
    </ShortForm>
  )
}

const labels = {
  name: 'Name',
  url: 'URL of the receiver',
  kinds: 'Events',
  batchMax: 'Events in a request, at most',
  caCert: 'CA certificate',
}
