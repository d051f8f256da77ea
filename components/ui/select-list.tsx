'use client'

import { Check } from 'lucide-react'
import { type RefObject, useState } from 'react'
import { createPortal } from 'react-dom'
import { overlayParts } from './overlays'
import { shownText } from './shown'

export type SelectOption = { value: string; label: string; help?: string; disabled?: boolean }

/** The open list of a select, at its button. It closes when the window changes its size. */
export function SelectList({
  button,
  options,
  value,
  onValueChange,
  onClose,
}: {
  button: RefObject<HTMLButtonElement | null>
  options: readonly SelectOption[]
  value: string | undefined
  onValueChange: (value: string) => void
  onClose: () => void
}) {
  const Radix = overlayParts().Select
  // Radix puts the list beside a trigger of its own, so there is one, unseen, where the button is.
  const [place] = useState(() => {
    const { left = 0, top = 0, width = 0, height = 0 } = button.current?.getBoundingClientRect() ?? {}
    return { position: 'fixed', pointerEvents: 'none', left, top, width, height } as const
  })
  return (
    <Radix.Root
      open
      onOpenChange={(open) => !open && onClose()}
      value={value ?? ''}
      onValueChange={(next) => onValueChange(next)}
    >
      {createPortal(
        <Radix.Trigger asChild aria-hidden>
          <span style={place} />
        </Radix.Trigger>,
        document.body,
      )}
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            button.current?.focus({ preventScroll: true })
          }}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) max-w-[min(28rem,calc(100vw-1rem))] animate-pop-in overflow-hidden rounded-md border raised bg-surface shadow-lg"
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled}
                className="relative flex cursor-default select-none flex-col rounded-sm py-1.5 pr-3 pl-8 text-sm outline-none data-[disabled]:opacity-55 data-[highlighted]:bg-muted"
              >
                <Radix.ItemIndicator className="absolute top-2 left-2">
                  <Check aria-hidden className="size-4" />
                </Radix.ItemIndicator>
                <Radix.ItemText>{shownText(option.label)}</Radix.ItemText>
                {option.help && <span className="text-muted-foreground text-xs">{shownText(option.help)}</span>}
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
