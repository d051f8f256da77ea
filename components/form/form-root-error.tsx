'use client'

import { type FieldValues, type UseFormReturn, useFormState } from 'react-hook-form'
import { Callout } from '@/components/ui/callout'
import { shownText } from '@/components/ui/shown'
import { listErrors } from './error-sentence'

/** What kept a short form from being saved and belongs to none of its fields; those speak for themselves. */
export function FormRootError<Values extends FieldValues, Context, Output>({
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
