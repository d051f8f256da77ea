'use client'

import { TriangleAlert } from 'lucide-react'
import { shownText } from '@/components/ui/shown'
import { goToField } from '../form/field-spot'
import type { TrustNote } from '../form/notes-of'

/** Lists notes on a draft, each linked to its field. */
export function NotesList({ notes }: { notes: readonly TrustNote[] }) {
  if (notes.length === 0) return null
  return (
    <section
      aria-label="Worth a second look"
      className="rounded-md border border-attention-border bg-attention-subtle px-3 py-2"
    >
      <h2 className="flex items-center gap-1.5 font-medium text-attention">
        <TriangleAlert aria-hidden className="size-4" />
        {notes.length === 1 ? 'One thing worth a second look' : `${notes.length} things worth a second look`}
      </h2>
      <ul className="mt-1 grid gap-0.5 text-compact">
        {notes.map(({ id, field, message }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => goToField(field.split('.'))}
              className="text-left underline decoration-attention-border underline-offset-2 hover:decoration-current"
            >
              {shownText(message)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
