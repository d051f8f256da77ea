import type { ReactNode } from 'react'
import { Callout } from './callout'

/** Says which parts of a stored thing cannot be read. Nothing where all can. */
export function UnreadableCallout({
  what,
  parts = [],
  children,
}: {
  /** "this identity" */
  what: string
  parts?: readonly string[] | undefined
  /** What follows from it, and what to do. */
  children: ReactNode
}) {
  if (parts.length === 0) return null
  return (
    <Callout tone="danger" title={`A part of ${what} cannot be read`}>
      What is stored as {parts.join(', ')} is damaged{children}
    </Callout>
  )
}
