import type { ReactNode } from 'react'
import { Callout } from './callout'

/** Names the parts of a stored thing that cannot be read; nothing where all can. */
export function UnreadableCallout({
  what,
  parts = [],
  children,
}: {
  /** "this identity" */
  what: string
  parts?: readonly string[] | undefined
  /** Consequences and advice. */
  children: ReactNode
}) {
  if (parts.length === 0) return null
  return (
    <Callout tone="danger" title={`A part of ${what} cannot be read`}>
      What is stored as {parts.join(', ')} is damaged{children}
    </Callout>
  )
}
