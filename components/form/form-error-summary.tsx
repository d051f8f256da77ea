'use client'

import { type FieldPath, type FieldValues, type UseFormReturn, useFormState } from 'react-hook-form'
import { Callout } from '@/components/ui/callout'
import { shownText } from '@/components/ui/shown'
import { listErrors } from './error-sentence'
import { labelOfField } from './label-of-field'

/**
 * Summary of what prevented saving: the server's general message, and each field's message as a link to the field.
 * `labels` names fields by dotted path; a field of a list takes the list's label.
 */
export function FormErrorSummary<Values extends FieldValues, Context, Output>({
  form,
  labels = {},
}: {
  form: UseFormReturn<Values, Context, Output>
  labels?: Readonly<Record<string, string>>
}) {
  const { errors, isSubmitted } = useFormState({ control: form.control })
  const all = listErrors(errors)
  const general = all.filter(({ name }) => name.startsWith('root'))
  const fields = all.filter(({ name }) => !name.startsWith('root'))
  if (general.length === 0 && (fields.length === 0 || !isSubmitted)) return null

  return (
    <Callout tone="danger" title={fields.length > 0 ? fieldsTitle(fields.length) : 'It was not saved'}>
      {general.map(({ name, message }) => (
        <p key={name}>{shownText(message)}</p>
      ))}
      {fields.length > 0 && (
        <ul className="mt-1 grid gap-0.5">
          {fields.map(({ name, message }) => (
            <li key={name}>
              <button
                type="button"
                onClick={() => focusField(form, name)}
                className="text-left underline underline-offset-2 hover:no-underline"
              >
                {labelOfField(name.split('.'), labels)}
              </button>
              : {worded(message)}
            </li>
          ))}
        </ul>
      )}
    </Callout>
  )
}

const fieldsTitle = (count: number) =>
  count === 1 ? 'One field needs another value' : `${count} fields need another value`

/**
 * An unreadable duration or number is NaN in the form, about which zod's message does not help; the field has a better
 * one.
 */
const worded = (message: string) =>
  message.endsWith('received NaN') ? 'This cannot be read. The field says what to type.' : message

/** Tries prefixes from the outermost: the last that is a field gets the focus; setFocus ignores the others. */
function focusField<Values extends FieldValues, Context, Output>(
  form: UseFormReturn<Values, Context, Output>,
  name: string,
) {
  const steps = name.split('.')
  for (let length = 1; length <= steps.length; length++) form.setFocus(toName<Values>(steps.slice(0, length).join('.')))
}

/** The only cast of a name found in errors to a field name of the form. */
const toName = <Values extends FieldValues>(name: string) => name as FieldPath<Values>
