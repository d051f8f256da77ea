'use client'

import type { ReactNode } from 'react'
import { Button } from './button'
import { CodeBlock } from './code-block'
import { DialogClose } from './dialog'

/** A secret in a dialog that no one can read again, below what there is to know about it. */
export function ShownOnce({
  secret,
  label,
  doneLabel = 'Done',
  children,
}: {
  secret: string
  /** What it is, for the button that copies it: "access token". */
  label: string
  doneLabel?: string
  children?: ReactNode
}) {
  return (
    <div className="grid gap-4">
      {children}
      <CodeBlock code={secret} label={label} wrap />
      <div className="flex justify-end">
        <DialogClose asChild>
          <Button variant="primary">{doneLabel}</Button>
        </DialogClose>
      </div>
    </div>
  )
}
