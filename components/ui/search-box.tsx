'use client'

import { Search } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import { holdsToken } from '@/lib/trust/holds-token'
import { visibleText } from '@/lib/trust/unseen'
import { cn } from './cn'
import { Input } from './input'

/** Pause in typing before a search. */
const pauseMs = 250

/** Search box of a list: `onChange` is called after a pause, on Enter and on blur. A token is not searched for: it would be in the URL. */
export function SearchBox({
  label,
  value,
  onChange,
  placeholder,
  className,
}: {
  label: string
  value: string
  onChange: (text: string) => void
  placeholder?: string
  className?: string
}) {
  // Typed text; null while the box shows `value`.
  const [draft, setDraft] = useState<string | null>(null)
  const isToken = draft !== null && holdsToken(draft)
  const noteId = useId()

  useEffect(() => {
    if (draft === null || draft === value || isToken) return
    const timer = setTimeout(() => onChange(draft), pauseMs)
    return () => clearTimeout(timer)
  })

  const commit = () => {
    if (draft !== null && draft !== value && !isToken) onChange(draft)
  }

  return (
    <search className={cn('relative min-w-40 flex-1 max-sm:col-span-2 max-sm:basis-full sm:max-w-80', className)}>
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted-foreground" />
      <Input
        type="search"
        aria-label={visibleText(label)}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        maxLength={200}
        className="text-ellipsis pl-8"
        value={draft ?? value}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit()
          // The browser would empty the box.
          if (event.key === 'Escape') {
            event.preventDefault()
            event.currentTarget.blur()
          }
        }}
        onBlur={() => {
          commit()
          setDraft(null)
        }}
        aria-describedby={isToken ? noteId : undefined}
      />
      {isToken && (
        <p
          id={noteId}
          role="status"
          className="absolute top-full z-30 mt-1 rounded-md border raised bg-surface px-2.5 py-1.5 text-compact shadow-lg"
        >
          This is a token, and is not sent. Paste it into the Tester.
        </p>
      )}
    </search>
  )
}
