'use client'

import { createContext, type ReactNode, useContext } from 'react'
import { cn } from '@/components/ui/cn'
import type { Path } from './path'

/** Dotted name of the field of the highlighted check; null = none. */
export const PointedField = createContext<string | null>(null)

/** Marks a field's place in the form, for highlighting and scrolling. `name` is its dotted name. */
export function FieldSpot({ name, className, children }: { name: string; className?: string; children: ReactNode }) {
  const pointed = useContext(PointedField)
  return (
    <div
      data-field={name}
      className={cn(
        'scroll-mt-40 rounded-sm outline-offset-4',
        pointed !== null && covers(name, pointed) && 'outline-2 outline-accent',
        className,
      )}
    >
      {children}
    </div>
  )
}

/** Scrolls to a field, opens what hides it, and focuses it. */
export function goToField(path: Path) {
  const wanted = path.join('.')
  const spots = [...document.querySelectorAll<HTMLElement>('[data-field]')]
  const spot = spots.find(({ dataset }) => dataset.field !== undefined && covers(dataset.field, wanted))
  if (!spot) return
  const hidden = spot.closest('details')
  if (hidden) hidden.open = true
  spot.scrollIntoView({ block: 'center' })
  spot.querySelector<HTMLElement>('input:not([type=file]), textarea, button')?.focus({ preventScroll: true })
}

/** Whether one of two dotted names equals or contains the other. */
const covers = (name: string, other: string) =>
  name === other || name.startsWith(`${other}.`) || other.startsWith(`${name}.`)
