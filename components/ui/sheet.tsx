'use client'

import type { ReactNode } from 'react'
import { cn } from './cn'
import { CloseButton, Dialog, overlayStyles } from './dialog'
import { useFocusReturn } from './focus-return'
import { overlayParts } from './overlays'
import { shownText } from './shown'

/** State of a sheet. */
export const Sheet = Dialog

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
  const Radix = overlayParts().Dialog
  const { memory, onCloseAutoFocus } = useFocusReturn()
  return (
    <Radix.Portal>
      <Radix.Overlay className={overlayStyles} />
      <Radix.Content
        aria-describedby={undefined}
        onCloseAutoFocus={onCloseAutoFocus}
        className={cn(
          'fixed inset-y-0 z-50 flex w-[min(36rem,calc(100vw-2rem))] animate-slide-in flex-col raised bg-surface shadow-xl',
          side === 'right' ? 'right-0 border-l [--slide-from:100%]' : 'left-0 border-r',
          className,
        )}
      >
        {memory}
        <header className="flex h-12 shrink-0 items-center justify-between gap-4 border-b px-4">
          <Radix.Title className="truncate font-semibold">{shownText(title)}</Radix.Title>
          <CloseButton />
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto [--table-head-top:0px] p-4">{children}</div>
      </Radix.Content>
    </Radix.Portal>
  )
}
