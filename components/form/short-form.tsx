'use client'

import type { FormEvent, ReactNode } from 'react'
import { type FieldValues, type UseFormReturn, useFormState } from 'react-hook-form'
import { Callout } from '@/components/ui/callout'
import { cn } from '@/components/ui/cn'
import { shownText } from '@/components/ui/shown'
import type { FieldIssue } from '@/lib/errors'
import { listErrors } from './error-sentence'
import { applyServerErrors } from './server-errors'

/**
 * The handler that sends a form's values when they are valid. What `send` throws is shown at its field, or above the form.
 * @param rename maps a server path to a form path where the two differ
 */
export const sendForm = <Values extends FieldValues, Context, Output>(
  form: UseFormReturn<Values, Context, Output>,
  send: (values: Output) => Promise<void>,
  rename?: (path: FieldIssue['path']) => FieldIssue['path'],
) =>
  form.handleSubmit(async (values) => {
    try {
      await send(values)
    } catch (error) {
      applyServerErrors(form, error, rename)
    }
  })

/** A form of a few fields: errors that belong to none of them are shown above it. */
export function ShortForm<Values extends FieldValues, Context, Output>({
  form,
  onSubmit,
  className,
  children,
}: {
  form: UseFormReturn<Values, Context, Output>
  onSubmit: ReturnType<typeof sendForm>
  className?: string | undefined
  children: ReactNode
}) {
  const submit = (event: FormEvent) => {
    // React bubbles events of a dialog through the form that opened it, which must not submit.
    event.stopPropagation()
    return onSubmit(event)
  }
  return (
    <form onSubmit={submit} noValidate className={cn('grid gap-4', className)}>
      <RootError form={form} />
      {children}
    </form>
  )
}

/** Errors that belong to none of the fields. */
function RootError<Values extends FieldValues, Context, Output>({
  form,
}: {
  form: UseFormReturn<Values, Context, Output>
}) {
  const { errors } = useFormState({ control: form.control })
  const sentences = listErrors(errors).filter(({ name }) => name.startsWith('root'))
  if (sentences.length === 0) return null
  return (
    <Callout tone="danger">
      {sentences.map(({ name, message }) => (
        <p key={name}>{shownText(message)}</p>
      ))}
    </Callout>
  )
}
