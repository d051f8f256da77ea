'use client'

import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { visibleText } from '@/lib/trust/unseen'
import { Button } from './button'
import { Callout } from './callout'
import { dialogStyles, overlayStyles } from './dialog'
import { useFocusReturn } from './focus-return'
import { Input } from './input'
import { OnDemand } from './on-demand'
import { overlayParts, overlays } from './overlays'
import { shownText } from './shown'

export type ConfirmDialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** A question that names the target: "Delete payments-deployer?" */
  title: string
  /** What stops working, and from when. */
  children: ReactNode
  /** Verb of the button: "Delete identity". */
  confirmLabel: string
  cancelLabel?: string
  /** Name to type first, for acts that cannot be undone. */
  typeName?: string
  tone?: 'danger' | 'primary'
  /** The act. The dialog stays open and busy until the promise settles; a rejection is shown. */
  onConfirm: () => unknown
}

/** Confirms an act that cannot be undone. Focus starts on Cancel, or on the name to type. */
export function ConfirmDialog({ open, onOpenChange, ...rest }: ConfirmDialogProps) {
  if (!open && !overlays.current()) return null
  const close = () => onOpenChange(false)
  return (
    <OnDemand of={overlays} onGiveUp={close}>
      {({ AlertDialog: Radix }) => (
        <Radix.Root open={open} onOpenChange={onOpenChange}>
          <Window>
            <Question onDone={close} {...rest} />
          </Window>
        </Radix.Root>
      )}
    </OnDemand>
  )
}

function Window({ children }: { children: ReactNode }) {
  const Radix = overlayParts().AlertDialog
  const { memory, onCloseAutoFocus } = useFocusReturn()
  return (
    <Radix.Portal>
      <Radix.Overlay className={overlayStyles} />
      <Radix.Content className={dialogStyles} onCloseAutoFocus={onCloseAutoFocus}>
        {memory}
        {children}
      </Radix.Content>
    </Radix.Portal>
  )
}

/** A separate component, so that its state is dropped when the dialog closes. */
function Question({
  title,
  children,
  confirmLabel,
  cancelLabel = 'Cancel',
  typeName,
  tone = 'danger',
  onConfirm,
  onDone,
}: Omit<ConfirmDialogProps, 'open' | 'onOpenChange'> & { onDone: () => void }) {
  const Radix = overlayParts().AlertDialog
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const id = useId()
  // Hidden characters are typed as they are shown.
  const ready = typeName === undefined || typed.trim() === visibleText(typeName)

  async function confirm(event: FormEvent) {
    event.preventDefault()
    // React bubbles events of a dialog through the form that opened it, which must not submit.
    event.stopPropagation()
    if (!ready || busy) return
    setBusy(true)
    setProblem(null)
    try {
      await onConfirm()
      onDone()
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'It did not work. Try again.')
    } finally {
      setBusy(false)
    }
  }

  return (
    <form onSubmit={confirm} className="flex min-h-0 flex-col">
      <div className="grid min-h-0 gap-3 overflow-y-auto [--table-head-top:0px] px-5 pt-4 pb-5">
        <Radix.Title className="font-semibold text-base">{shownText(title)}</Radix.Title>
        <Radix.Description asChild>
          <div className="text-muted-foreground">{children}</div>
        </Radix.Description>
        {typeName !== undefined && (
          <div className="grid gap-1.5">
            <label htmlFor={id}>
              Type <code className="rounded-sm bg-muted px-1 py-0.5 text-compact">{shownText(typeName)}</code> to
              confirm
            </label>
            <Input id={id} mono value={typed} onChange={(event) => setTyped(event.target.value)} />
          </div>
        )}
        {problem && <Callout tone="danger">{shownText(problem)}</Callout>}
      </div>
      <footer className="flex justify-end gap-2 border-t px-5 py-3">
        <Radix.Cancel asChild>
          <Button disabled={busy}>{cancelLabel}</Button>
        </Radix.Cancel>
        <Button type="submit" variant={tone} disabled={!ready} busy={busy}>
          {confirmLabel}
        </Button>
      </footer>
    </form>
  )
}
