'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { ShortForm, sendForm } from '@/components/form/short-form'
import { TextField } from '@/components/form/text-field'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { toast } from '@/components/ui/toaster'
import { type Passkey, useAccount, useRemovePasskey, useRenamePasskey } from '@/lib/client/account'
import { Name } from '@/lib/model/identity'
import { ProofDialog } from './proof-dialog'

/** Renames or removes a passkey. */
export function PasskeyActs({ passkey }: { passkey: Passkey }) {
  const [asked, setAsked] = useState<'rename' | 'remove' | null>(null)
  const { data: account } = useAccount()
  const remove = useRemovePasskey()
  const onOpenChange = (open: boolean) => !open && setAsked(null)
  return (
    <span className="inline-flex flex-wrap justify-end gap-2">
      <Button size="sm" aria-label={`Rename ${passkey.name}`} onClick={() => setAsked('rename')}>
        Rename
      </Button>
      <Button size="sm" aria-label={`Remove ${passkey.name}`} onClick={() => setAsked('remove')}>
        Remove
      </Button>
      <Dialog open={asked === 'rename'} onOpenChange={onOpenChange}>
        <DialogContent title={`Rename ${passkey.name}`}>
          <Rename passkey={passkey} onDone={() => setAsked(null)} />
        </DialogContent>
      </Dialog>
      {account && (
        <ProofDialog
          account={account}
          open={asked === 'remove'}
          onOpenChange={onOpenChange}
          title={`Remove ${passkey.name}?`}
          description="It no longer signs you in. Your device may still offer it, so delete it there as well."
          confirmLabel="Remove passkey"
          tone="danger"
          onConfirm={async (proof) => {
            await remove.mutateAsync({ id: passkey.id, ...proof })
            toast.success(`${passkey.name} removed`)
          }}
        />
      )}
    </span>
  )
}

const NameForm = z.object({ name: Name })

function Rename({ passkey, onDone }: { passkey: Passkey; onDone: () => void }) {
  const rename = useRenamePasskey()
  const form = useForm<z.input<typeof NameForm>, unknown, z.output<typeof NameForm>>({
    resolver: zodResolver(NameForm),
    defaultValues: { name: passkey.name },
  })
  const submit = sendForm(form, async ({ name }) => {
    await rename.mutateAsync({ id: passkey.id, name })
    onDone()
  })
  return (
    <ShortForm form={form} onSubmit={submit}>
      <TextField control={form.control} name="name" label="Name" autoComplete="off" autoFocus />
      <DialogActions submitLabel="Rename" busy={form.formState.isSubmitting} />
    </ShortForm>
  )
}
