'use client'

import { Button, type ButtonProps } from './button'
import { DialogClose } from './dialog'

/** Buttons at the end of a form in a dialog: one closes the dialog, the other submits. In a `footer`, `form` names the form. */
export function DialogActions({
  submitLabel,
  cancelLabel = 'Cancel',
  busy,
  tone = 'primary',
  disabled,
  form,
}: {
  /** The act as a verb: "Add person". */
  submitLabel: string
  cancelLabel?: string
  busy: boolean
  tone?: ButtonProps['variant']
  disabled?: boolean
  form?: string
}) {
  return (
    <div className="flex justify-end gap-2">
      <DialogClose asChild>
        <Button disabled={busy}>{cancelLabel}</Button>
      </DialogClose>
      <Button type="submit" form={form} variant={tone} busy={busy} disabled={disabled}>
        {submitLabel}
      </Button>
    </div>
  )
}
