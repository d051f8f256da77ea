'use client'

import { X } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Button } from './button'
import { cn } from './cn'
import { useFocusReturn } from './focus-return'
import { OnDemand } from './on-demand'
import { overlayParts, overlays } from './overlays'
import { shownText } from './shown'
import { useHeldText } from './use-held-text'

export const overlayStyles = 'fixed inset-0 z-40 animate-fade-in bg-overlay'
export const dialogStyles =
  'fixed inset-x-4 top-[max(1rem,10vh)] z-50 mx-auto flex max-h-[calc(100dvh-max(2rem,16vh))] max-w-lg animate-pop-in flex-col rounded-lg border raised bg-surface shadow-xl'

/** State of a dialog or sheet. */
export function Dialog({
  open,
  onOpenChange,
  children,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  children: ReactNode
}) {
  if (!open && !overlays.current()) return null
  return (
    <OnDemand of={overlays} onGiveUp={() => onOpenChange(false)}>
      {({ Dialog: Radix }) => (
        <Radix.Root open={open} onOpenChange={onOpenChange}>
          {children}
        </Radix.Root>
      )}
    </OnDemand>
  )
}

/** Makes a button inside a dialog or sheet close it. */
export function DialogClose({ children }: { asChild: true; children: ReactElement }) {
  const Radix = overlayParts().Dialog
  return <Radix.Close asChild>{children}</Radix.Close>
}

/**
 * Window of a dialog: title, optional description, scrolling body, and a fixed `footer` of buttons. Once something was
 * typed, Esc and a click beside it no longer close it; its buttons do.
 */
export function DialogContent({
  title,
  description,
  footer,
  className,
  children,
}: {
  title: ReactNode
  description?: ReactNode
  footer?: ReactNode
  className?: string
  children?: ReactNode
}) {
  const Radix = overlayParts().Dialog
  const { memory, onCloseAutoFocus } = useFocusReturn()
  const hold = useHeldText()
  return (
    <Radix.Portal>
      <Radix.Overlay className={overlayStyles} />
      <Radix.Content
        className={cn(dialogStyles, className)}
        onCloseAutoFocus={onCloseAutoFocus}
        {...hold}
        // Radix warns of a missing description unless told that there is none.
        {...(description ? {} : { 'aria-describedby': undefined })}
      >
        {memory}
        <header className="flex items-start justify-between gap-4 px-5 pt-4 pb-3">
          <div>
            <Radix.Title className="font-semibold text-base">{shownText(title)}</Radix.Title>
            {description && (
              <Radix.Description className="mt-1 text-muted-foreground">{shownText(description)}</Radix.Description>
            )}
          </div>
          <CloseButton />
        </header>
        {/* Without a body, the description has the room below it. */}
        <div className="min-h-0 overflow-y-auto [--table-head-top:0px] px-5 pb-5 scroll-pt-10 empty:pb-1 has-data-covers-bottom:scroll-pb-16">
          {children}
        </div>
        {footer && <footer className="flex justify-end gap-2 border-t px-5 py-3">{footer}</footer>}
      </Radix.Content>
    </Radix.Portal>
  )
}

/** Closes the dialog or sheet around it. Without a tooltip: it gets the first focus, which would open one. */
export function CloseButton() {
  return (
    <DialogClose asChild>
      <Button variant="ghost" size="sm" aria-label="Close" className="-mr-1.5 w-7 px-0">
        <X aria-hidden />
      </Button>
    </DialogClose>
  )
}
