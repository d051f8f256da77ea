'use client'

import { type ReactNode, useRef, useState } from 'react'
import type { FieldValues } from 'react-hook-form'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { onDemand } from '@/components/ui/on-demand'
import { shownText } from '@/components/ui/shown'
import { FormField } from './form-field'
import { countBits, formatMask, maskBits, maskOfValue, maskValueOf, notationOf, parseMask, withBit } from './mask'
import { type FieldProps, toText, useField } from './use-field'

// Beside the number, which is enough meanwhile.
const MaskSwitches = onDemand(() => import('./mask-switches').then((module) => module.MaskSwitches))

/**
 * 64-bit mask in a form, as a decimal or hexadecimal number and as 64 switches. The form holds decimal digits, '' for
 * none, and unreadable text as typed, which every schema refuses.
 */
export function MaskField<Values extends FieldValues, Context, Output>({
  control,
  name,
  label,
  help,
  disabled,
  placeholder,
  zeroMeans,
  note,
}: FieldProps<Values, Context, Output> & {
  placeholder?: string
  /** Meaning of 0: "nothing". */
  zeroMeans?: string
  /** Warning between the number and the switches. */
  note?: ReactNode
}) {
  const { value, error, errors: _, onChange, onBlur, ref } = useField({ control, name })
  const held = toText(value)
  const [text, setText] = useState(held)
  const [lastMask, setLastMask] = useState(0n)
  const input = useRef<HTMLInputElement>(null)

  // Follows a value set from outside (reset, discard).
  if (maskValueOf(text) !== maskValueOf(held)) setText(textOf(held, text))
  const read = parseMask(text)
  const isRead = 'mask' in read
  // While the text is unreadable the switches keep their last state.
  const mask = isRead ? read.mask : lastMask
  if (mask !== lastMask) setLastMask(mask)

  function type(typed: string) {
    setText(typed)
    onChange(maskValueOf(typed))
  }

  const isHex = notationOf(text) === 'hex'
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears that the focus left what is inside
    <div className="@container grid min-w-0 gap-2" onBlur={onBlur}>
      <FormField
        label={label}
        help={help}
        error={isRead ? error : `${read.problem} The switches show the last number that could be read.`}
        aside={
          <output className="break-all font-mono">
            {isRead &&
              (mask === 0n && zeroMeans ? `0 = ${zeroMeans}` : `= ${formatMask(mask, isHex ? 'decimal' : 'hex')}`)}
          </output>
        }
      >
        {(wiring) => (
          <div className="flex gap-2">
            <Input
              {...wiring}
              ref={(element) => {
                input.current = element
                ref(element)
              }}
              mono
              placeholder={placeholder}
              disabled={disabled}
              value={text}
              onChange={(event) => type(event.target.value)}
            />
            <Button
              disabled={disabled || text === ''}
              onClick={() => {
                type('')
                input.current?.focus()
              }}
            >
              Clear
            </Button>
          </div>
        )}
      </FormField>
      {shownText(note)}
      <details open className="rounded-md border">
        <summary className="px-3 py-1.5 text-compact">
          <span className="font-medium">{maskBits} switches</span>{' '}
          <span className="text-muted-foreground">from bit 0, the lowest · {countBits(mask)} on</span>
        </summary>
        <div className="border-t p-1.5">
          <MaskSwitches
            label={`${label} by bit`}
            mask={mask}
            disabled={disabled}
            onFlip={(bit, isOn) => {
              const next = withBit(mask, bit, isOn)
              type(next === 0n ? '' : formatMask(next, notationOf(text)))
            }}
          />
        </div>
      </details>
    </div>
  )
}

/** Returns a form's value in the notation that was used last. */
function textOf(held: string, before: string): string {
  const mask = maskOfValue(held)
  return held === '' || mask === null ? held : formatMask(mask, notationOf(before))
}
