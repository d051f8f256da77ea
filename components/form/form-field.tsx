'use client'

import { CircleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { cn } from '@/components/ui/cn'
import { Label } from '@/components/ui/label'
import { shownText } from '@/components/ui/shown'

/** Connects a control with its label and messages: spread it on the focusable element. */
export type FieldWiring = {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

/** Label, help and error message around a control. */
export function FormField({
  label,
  help,
  error,
  aside,
  inline = false,
  className,
  children,
}: {
  label: string
  help?: ReactNode
  error?: string | null
  /** Beside the label: "= 900 s", "Paste JSON". */
  aside?: ReactNode
  /** Places the control before its label, for switches and checkboxes. */
  inline?: boolean
  className?: string
  children: (wiring: FieldWiring) => ReactNode
}) {
  const id = useId()
  // An error that says what the help says replaces it.
  const shownHelp = help === error ? null : help
  const describedBy = [shownHelp && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ')
  const control = children({
    id,
    'aria-describedby': describedBy || undefined,
    'aria-invalid': error ? true : undefined,
  })
  const words = (
    <>
      {shownHelp && (
        <p id={`${id}-help`} className="text-compact text-muted-foreground">
          {shownText(shownHelp)}
        </p>
      )}
      {error && <FieldError id={`${id}-error`}>{shownText(error)}</FieldError>}
    </>
  )

  if (inline) {
    return (
      <div className={cn('flex items-start gap-3', className)}>
        {control}
        <div className="grid min-w-0 gap-0.5">
          <Label htmlFor={id}>{shownText(label)}</Label>
          {words}
        </div>
      </div>
    )
  }
  return (
    <div
      className={cn(
        'grid min-w-0 grid-cols-[minmax(0,1fr)_auto] content-start items-baseline gap-x-3 gap-y-1.5',
        className,
      )}
    >
      <Label htmlFor={id}>{shownText(label)}</Label>
      <div className="col-span-2 grid min-w-0">{control}</div>
      {/* Beside the label, and after the control for Tab: what is typed comes before what shows or fetches it. */}
      {aside && <div className="col-start-2 row-start-1 text-compact text-muted-foreground">{aside}</div>}
      {(shownHelp || error) && <div className="col-span-2 grid min-w-0 gap-1.5">{words}</div>}
    </div>
  )
}

/** Error message below its control. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} className="flex items-start gap-1.5 text-compact text-refused">
      <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <span className="min-w-0 break-words">{children}</span>
    </p>
  )
}
