'use client'

import { type ReactNode, type RefObject, useId, useRef } from 'react'
import { visibleText } from '@/lib/trust/unseen'
import { cn } from './cn'
import { OnDemand } from './on-demand'
import { overlays } from './overlays'

/** Panel at its trigger, for filters and details. `trigger` gets what its button needs. */
export function Popover({
  open,
  onOpenChange,
  label,
  trigger,
  className,
  children,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  label: string
  trigger: (button: {
    ref: RefObject<HTMLButtonElement | null>
    'aria-haspopup': 'dialog'
    'aria-expanded': boolean
    'aria-controls': string | undefined
    onClick: () => void
  }) => ReactNode
  className?: string
  children: ReactNode
}) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  // A press outside has taken the focus elsewhere.
  const isLeft = useRef(false)
  const press = () => onOpenChange(!open)
  return (
    <>
      {trigger({
        ref: button,
        'aria-haspopup': 'dialog',
        'aria-expanded': open,
        'aria-controls': open ? id : undefined,
        onClick: press,
      })}
      {open && (
        <OnDemand of={overlays} onGiveUp={() => onOpenChange(false)}>
          {({ Popover: Radix }) => (
            <Radix.Root open onOpenChange={onOpenChange}>
              <Radix.Anchor virtualRef={button as RefObject<HTMLButtonElement>} />
              <Radix.Portal>
                <Radix.Content
                  id={id}
                  aria-label={visibleText(label)}
                  sideOffset={4}
                  align="end"
                  collisionPadding={8}
                  onInteractOutside={(event) => {
                    // The button closes it by itself.
                    if (event.target instanceof Node && button.current?.contains(event.target)) event.preventDefault()
                    else isLeft.current = true
                  }}
                  onCloseAutoFocus={(event) => {
                    event.preventDefault()
                    if (!isLeft.current) button.current?.focus()
                    isLeft.current = false
                  }}
                  className={cn(
                    'z-50 w-72 max-w-[calc(100vw-1rem)] animate-pop-in rounded-md border raised bg-surface p-3 shadow-lg',
                    className,
                  )}
                >
                  {children}
                </Radix.Content>
              </Radix.Portal>
            </Radix.Root>
          )}
        </OnDemand>
      )}
    </>
  )
}
