'use client'

import { useForm } from 'react-hook-form'
import { ShortForm, sendForm } from '@/components/form/short-form'
import { TextField } from '@/components/form/text-field'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import { toast } from '@/components/ui/toaster'
import { type Account, useAddPasskey } from '@/lib/client/account'
import { noProof, ProofFields, type ProofValues, toProof } from './proof-fields'

/** Names a passkey, then creates it through the browser. */
export function AddPasskey({
  account,
  open,
  onOpenChange,
}: {
  account: Account
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title="Add a passkey"
        description="Your browser asks where to store it, and asks you to verify yourself."
      >
        <PasskeyForm account={account} onDone={() => onOpenChange(false)} cancel />
      </DialogContent>
    </Dialog>
  )
}

export function PasskeyForm({
  account,
  onDone,
  cancel = false,
}: {
  account: Account
  onDone: () => void
  cancel?: boolean
}) {
  const add = useAddPasskey()
  const form = useForm<ProofValues>({ defaultValues: noProof })
  const submit = sendForm(form, async (values) => {
    const { name } = await add.mutateAsync({ name: values.name.trim() || 'Passkey', ...toProof(values) })
    toast.success(`${name} added`)
    onDone()
  })
  return (
    <ShortForm form={form} onSubmit={submit}>
      <TextField
        control={form.control}
        name="name"
        label="Name of the passkey"
        help="To recognise it in the list."
        placeholder="Laptop"
        autoComplete="off"
        autoFocus={cancel}
      />
      {account.needsProof && <ProofFields account={account} control={form.control} />}
      {cancel ? (
        <DialogActions submitLabel="Create passkey" busy={form.formState.isSubmitting} />
      ) : (
        <div className="flex justify-end">
          <Button type="submit" busy={form.formState.isSubmitting}>
            Create passkey
          </Button>
        </div>
      )}
    </ShortForm>
  )
}
