'use client'

import { X } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { Button } from './button'
import { Input } from './input'
import { Select, type SelectOption } from './select'
import { shownText } from './shown'

/** Filters above a list. `onClear` only while one is set; its button is there in any case, so that the list does not move. */
export function FilterBar({ onClear, children }: { onClear: (() => void) | null; children: ReactNode }) {
  return (
    <div
      data-filters
      className="flex flex-wrap items-center gap-2 border-b p-3 max-sm:grid max-sm:grid-flow-dense max-sm:grid-cols-2 print:hidden"
    >
      {children}
      <Button variant="ghost" className="max-sm:justify-self-start" disabled={!onClear} onClick={onClear ?? undefined}>
        <X aria-hidden />
        Clear filters
      </Button>
    </div>
  )
}

/** Filter by one value. `value` null = any. */
export function FilterSelect({
  label,
  any,
  options,
  value,
  onChange,
}: {
  label: string
  /** Label without a filter: "All roles". */
  any: string
  options: readonly SelectOption[]
  value: string | null
  onChange: (value: string | null) => void
}) {
  return (
    <Select
      aria-label={label}
      className="w-auto min-w-32 max-w-56 max-sm:w-full max-sm:min-w-0 max-sm:max-w-none"
      options={[{ value: anyValue, label: any }, ...options]}
      value={value ?? anyValue}
      onValueChange={(next) => onChange(next === anyValue ? null : next)}
    />
  )
}

/** Filter by the days between two, as `2026-11-01` in UTC; null = open. */
export function FilterDays({
  from,
  to,
  onChange,
}: {
  from: string | null
  to: string | null
  onChange: (days: { from: string | null } | { to: string | null }) => void
}) {
  return (
    <div data-wide className="flex flex-wrap gap-2 max-sm:col-span-2 max-sm:grid max-sm:grid-cols-2">
      <Day label="From (UTC)" value={from} onChange={(day) => onChange({ from: day })} />
      <Day label="To (UTC)" value={to} onChange={(day) => onChange({ to: day })} />
    </div>
  )
}

function Day({
  label,
  value,
  onChange,
}: {
  label: string
  value: string | null
  onChange: (day: string | null) => void
}) {
  const id = useId()
  return (
    <div className="flex items-center gap-1.5 max-sm:grid max-sm:min-w-0 max-sm:gap-0.5">
      <label htmlFor={id} className="text-compact text-muted-foreground">
        {shownText(label)}
      </label>
      <Input
        id={id}
        type="date"
        className="w-34 max-sm:w-full max-sm:min-w-0"
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value || null)}
      />
    </div>
  )
}

// Radix keeps the empty string for "nothing chosen".
const anyValue = '*'
