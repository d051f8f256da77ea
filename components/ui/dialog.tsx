'use client'

import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button } from './button'
import { cn } from './cn'
import { useFocusReturn } from './focus-return'
import { shownText } from './shown'

export const overlayStyles = 'fixed inset-0 z-40 animate-fade-in bg-overlay'
export const dialogStyles =
  'fixed inset-x-4 top-[max(1rem,10vh)] z-50 mx-auto flex max-h-[calc(100dvh-max(2rem,16vh))] max-w-lg animate-pop-in flex-col rounded-lg border bg-surface shadow-xl'

/** Element that opens a dialog or sheet; with `asChild` around a button. */
export const DialogTrigger = Radix.Trigger
export const DialogClose = Radix.Close

/** State of a dialog: uncontrolled with a `DialogTrigger` inside, or `open` + `onOpenChange`. */
export const Dialog = Radix.Root

/** Window of a dialog: title, optional description, scrolling body, and a fixed `footer` of buttons. */
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
  const { memory, onCloseAutoFocus } = useFocusReturn()
  return (
    <Radix.Portal>
      <Radix.Overlay className={overlayStyles} />
      <Radix.Content
        className={cn(dialogStyles, className)}
        onCloseAutoFocus={onCloseAutoFocus}
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
          {/* No tooltip: this element gets the first focus, which would open it. */}
          <Radix.Close asChild>
            <Button variant="ghost" size="sm" aria-label="Close" className="-mr-1.5 w-7 px-0">
              <X aria-hidden />
            </Button>
          </Radix.Close>
        </header>
        <div className="min-h-0 overflow-y-auto px-5 pb-5">{children}</div>
        {footer && <footer className="flex justify-end gap-2 border-t px-5 py-3">{footer}</footer>}
      </Radix.Content>
    </Radix.Portal>
  )
}
