'use client'

import type { ReactNode } from 'react'
import { useForm } from 'react-hook-form'
import { ShortForm, sendForm } from '@/components/form/short-form'
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
  const submit = sendForm(form, async (values) => {
    await onConfirm(toProof(values))
    onDone()
  })
  return (
    <ShortForm form={form} onSubmit={submit}>
      {children}
      {(always || account.needsProof) && <ProofFields account={account} control={form.control} />}
      <DialogActions submitLabel={confirmLabel} tone={tone} busy={form.formState.isSubmitting} />
    </ShortForm>
  )
}
