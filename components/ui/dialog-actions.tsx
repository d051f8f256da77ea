'use client'

import { Button, type ButtonProps } from './button'
import { cn } from './cn'
import { DialogClose } from './dialog'

/**
 * Buttons at the end of a form in a dialog: one closes the dialog, the other submits. They stay in view while the form
 * scrolls. In a `footer`, `form` names the form.
 */
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
    <div
      data-covers-bottom={form === undefined || undefined}
      className={cn(
        'flex justify-end gap-2',
        // A sticky box keeps the padding of what scrolls: it is taken back, too.
        form === undefined && 'sticky -bottom-5 z-10 -mx-5 -mb-5 rounded-b-lg border-t bg-surface px-5 py-3',
      )}
    >
      <DialogClose asChild>
        <Button disabled={busy}>{cancelLabel}</Button>
      </DialogClose>
      <Button type="submit" form={form} variant={tone} busy={busy} disabled={disabled}>
        {submitLabel}
      </Button>
    </div>
  )
}
