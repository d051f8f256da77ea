'use client'

import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button } from './button'
import { cn } from './cn'
import { overlayStyles } from './dialog'
import { shownText } from './shown'

export const SheetTrigger = Radix.Trigger
export const SheetClose = Radix.Close

/** State of a sheet: uncontrolled with a `SheetTrigger` inside, or `open` + `onOpenChange`. */
export const Sheet = Radix.Root

/** Panel at the side: navigation on small screens (`left`), the detail of a table row (`right`). */
export function SheetContent({
  title,
  side = 'right',
  className,
  children,
}: {
  title: ReactNode
  side?: 'left' | 'right'
  className?: string
  children: ReactNode
}) {
  return (
    <Radix.Portal>
      <Radix.Overlay className={overlayStyles} />
      <Radix.Content
        aria-describedby={undefined}
        className={cn(
          'fixed inset-y-0 z-50 flex w-[min(36rem,calc(100vw-2rem))] animate-slide-in flex-col bg-surface shadow-xl',
          side === 'right' ? 'right-0 border-l [--slide-from:100%]' : 'left-0 border-r',
          className,
        )}
      >
        <header className="flex h-12 shrink-0 items-center justify-between gap-4 border-b px-4">
          <Radix.Title className="truncate font-semibold">{shownText(title)}</Radix.Title>
          {/* No tooltip: this element gets the first focus, which would open it. */}
          <Radix.Close asChild>
            <Button variant="ghost" size="sm" aria-label="Close" className="-mr-1.5 w-7 px-0">
              <X aria-hidden />
            </Button>
          </Radix.Close>
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
      </Radix.Content>
    </Radix.Portal>
  )
}
