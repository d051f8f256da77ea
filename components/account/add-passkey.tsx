'use client'

import { useForm } from 'react-hook-form'
import { FormRootError } from '@/components/form/form-root-error'
import { applyServerErrors } from '@/components/form/server-errors'
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
  const submit = form.handleSubmit(async (values) => {
    try {
      const { name } = await add.mutateAsync({ name: values.name.trim() || 'Passkey', ...toProof(values) })
      toast.success(`${name} added`)
      onDone()
    } catch (error) {
      applyServerErrors(form, error)
    }
  })
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <FormRootError form={form} />
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
    </form>
  )
}
