'use client'

import { useEffect, useState } from 'react'
import { shownText } from '@/components/ui/shown'

/** Fewer sections are seen without an index. */
const sectionsMin = 3

/** Links to the sections of a long form, beside which there is no room for one; its headings are read from the page. */
export function SectionIndex({ formId }: { formId: string }) {
  const [titles, setTitles] = useState<readonly string[]>([])
  // After each drawing of the editor: questions and fields have other sections.
  useEffect(() => {
    const found = headingsOf(formId).map(({ textContent }) => textContent)
    setTitles((before) => (before.join('\n') === found.join('\n') ? before : found))
  })
  if (titles.length < sectionsMin) return null
  return (
    <nav aria-label="Sections" className="flex flex-wrap gap-x-4 gap-y-1 text-compact max-lg:hidden">
      {titles.map((title, at) => (
        <button
          key={title}
          type="button"
          onClick={() => goTo(headingsOf(formId)[at])}
          className="rounded-sm text-muted-foreground hover:text-foreground"
        >
          {shownText(title)}
        </button>
      ))}
    </nav>
  )
}

const headingsOf = (formId: string) => [
  ...(document.getElementById(formId)?.querySelectorAll<HTMLElement>('section > header h2') ?? []),
]

/** Scrolls to a section, below the head that stays, and goes on by keyboard from there. */
function goTo(heading: HTMLElement | undefined) {
  if (!heading) return
  heading.style.scrollMarginTop = '9.5rem'
  heading.tabIndex = -1
  heading.scrollIntoView({ block: 'start' })
  heading.focus({ preventScroll: true })
}
