'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { visibleText } from '@/lib/trust/unseen'
import { cn } from './cn'

/**
 * Frame of a table. It scrolls sideways and is a Tab stop only if the table is wider: a scrolling frame captures the
 * sticky header, which would no longer stay below the top bar.
 */
export function TableFrame({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  const frame = useRef<HTMLElement>(null)
  const [scrolls, setScrolls] = useState(true)

  useEffect(() => {
    const element = frame.current
    const table = element?.firstElementChild
    if (!element || !table) return
    const observer = new ResizeObserver(() => setScrolls(table.getBoundingClientRect().width > element.clientWidth + 1))
    observer.observe(element)
    observer.observe(table)
    return () => observer.disconnect()
  }, [])

  return (
    <section
      ref={frame}
      aria-label={visibleText(label)}
      tabIndex={scrolls ? 0 : undefined}
      className={cn('relative', scrolls && 'overflow-x-auto [&_th]:static', className)}
    >
      {children}
    </section>
  )
}
