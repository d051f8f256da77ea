'use client'

import { type KeyboardEvent, useRef, useState } from 'react'
import { cn } from '@/components/ui/cn'
import { visibleText } from '@/lib/trust/unseen'
import { hasBit, maskBits } from './mask'
import { bitsPerRow, nextBit } from './next-bit'

/**
 * Bits of a mask as switches, eight per row, bit 0 first. One Tab stop; arrow keys move between switches, Space and
 * Enter toggle.
 */
export function MaskSwitches({
  label,
  mask,
  disabled,
  onFlip,
}: {
  label: string
  mask: bigint
  disabled: boolean | undefined
  onFlip: (bit: number, isOn: boolean) => void
}) {
  const table = useRef<HTMLTableElement>(null)
  /** The Tab stop: the switch used last. */
  const [stop, setStop] = useState(0)

  function onKeyDown(event: KeyboardEvent) {
    const next = nextBit(stop, event.key, event.ctrlKey)
    if (next === null || event.altKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    setStop(next)
    table.current?.querySelector<HTMLElement>(`[data-bit="${next}"]`)?.focus()
  }

  return (
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: ARIA in HTML lets a table be a grid; its cells follow
    <table ref={table} role="grid" aria-label={visibleText(label)} className="w-full table-fixed" onKeyDown={onKeyDown}>
      <tbody>
        {rows.map((bits) => (
          <tr key={bits[0]}>
            {bits.map((bit) => (
              <td key={bit} className="p-0">
                <BitSwitch
                  bit={bit}
                  isOn={hasBit(mask, bit)}
                  isStop={bit === stop}
                  disabled={disabled}
                  onFocus={() => setStop(bit)}
                  onFlip={(isOn) => onFlip(bit, isOn)}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const rows = Array.from({ length: maskBits / bitsPerRow }, (_, row) =>
  Array.from({ length: bitsPerRow }, (_, column) => row * bitsPerRow + column),
)

/** Number and switch of one bit; position shows the state, not only colour. */
function BitSwitch({
  bit,
  isOn,
  isStop,
  disabled,
  onFocus,
  onFlip,
}: {
  bit: number
  isOn: boolean
  isStop: boolean
  disabled: boolean | undefined
  onFocus: () => void
  onFlip: (isOn: boolean) => void
}) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      aria-label={`Bit ${bit}`}
      data-bit={bit}
      tabIndex={isStop ? 0 : -1}
      disabled={disabled}
      onFocus={onFocus}
      onClick={() => onFlip(!isOn)}
      className="flex h-10 w-full flex-col items-center justify-center gap-0.5 rounded-sm hover:bg-muted focus-visible:-outline-offset-2 disabled:opacity-55 @lg:h-7 @lg:flex-row @lg:gap-1.5"
    >
      <span
        className={cn(
          'font-mono text-xs leading-4 @lg:w-4 @lg:text-right',
          isOn ? 'font-semibold text-foreground' : 'text-muted-foreground',
        )}
      >
        {bit}
      </span>
      <span
        aria-hidden
        className={cn(
          'inline-flex h-4 w-7 shrink-0 items-center rounded-full border p-0.5 transition-colors',
          isOn ? 'border-accent bg-accent' : 'border-input bg-muted',
        )}
      >
        <span
          className={cn(
            'size-2.5 rounded-full transition-transform',
            isOn ? 'translate-x-3 bg-accent-foreground' : 'bg-input',
          )}
        />
      </span>
    </button>
  )
}
