'use client'

import { Tooltip as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { shownText } from './shown'

/** Wraps the app once, so that moving between tooltips is instant. */
export const TooltipProvider = ({ children }: { children: ReactNode }) => (
  <Radix.Provider delayDuration={300}>{children}</Radix.Provider>
)

/** Additional text on hover and focus. `children` is one focusable element; do not put anything essential here. */
export function Tooltip({
  content,
  side = 'top',
  children,
}: {
  content: ReactNode
  side?: 'top' | 'right' | 'bottom' | 'left'
  children: ReactElement
}) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-80 animate-pop-in rounded-md bg-foreground px-2.5 py-1.5 text-background text-xs shadow-md"
        >
          {shownText(content)}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
