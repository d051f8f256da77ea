'use client'

import type { ReactNode } from 'react'
import { useForm } from 'react-hook-form'
import { FormRootError } from '@/components/form/form-root-error'
import { applyServerErrors } from '@/components/form/server-errors'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { DialogActions } from '@/components/ui/dialog-actions'
import type { Account, Proof } from '@/lib/client/account'
import { noProof, ProofFields, type ProofValues, toProof } from './proof-fields'

type Props = {
  title: string
  description: string
  confirmLabel: string
  tone?: 'primary' | 'danger'
  account: Account
  /** Asks for a proof even after a recent sign-in. */
  always?: boolean
  children?: ReactNode
  onConfirm: (proof: Proof) => Promise<unknown>
}

/** Dialog for changes of sign-in methods; asks for the password or a code where required. */
export function ProofDialog({
  open,
  onOpenChange,
  ...question
}: Props & { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={question.title} description={question.description}>
        <Question {...question} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  )
}

/** A separate component, so that its state is dropped when the dialog closes. */
function Question({
  confirmLabel,
  tone = 'primary',
  account,
  always,
  children,
  onConfirm,
  onDone,
}: Props & { onDone: () => void }) {
  const form = useForm<ProofValues>({ defaultValues: noProof })
  const submit = form.handleSubmit(async (values) => {
    try {
      await onConfirm(toProof(values))
      onDone()
    } catch (error) {
      applyServerErrors(form, error)
    }
  })
  return (
    <form
      onSubmit={(event) => {
        // React bubbles events of a dialog through a surrounding form, which must not submit.
        event.stopPropagation()
        return submit(event)
      }}
      noValidate
      className="grid gap-4"
    >
      <FormRootError form={form} />
      {children}
      {(always || account.needsProof) && <ProofFields account={account} control={form.control} />}
      <DialogActions submitLabel={confirmLabel} tone={tone} busy={form.formState.isSubmitting} />
    </form>
  )
}
