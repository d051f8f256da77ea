'use client'

import { type FieldValues, type UseFormReturn, useFormState } from 'react-hook-form'
import { Callout } from '@/components/ui/callout'
import { shownText } from '@/components/ui/shown'
import { listErrors } from './error-sentence'

/** Error of a short form that belongs to none of its fields. */
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
