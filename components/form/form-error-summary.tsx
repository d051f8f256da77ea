'use client'

import { type FieldPath, type FieldValues, type UseFormReturn, useFormState } from 'react-hook-form'
import { Callout } from '@/components/ui/callout'
import { shownText } from '@/components/ui/shown'
import { listErrors } from './error-sentence'
import { labelOfField } from './label-of-field'

/**
 * What kept a form from being saved: the server's general sentence, and every field with its own, each a way to that
 * field. `labels` gives names to dotted field names; a field of a list takes the label of the list.
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

/** A duration or number that cannot be read is NaN in the form, of which zod speaks as such; the field itself says what to type. */
const worded = (message: string) =>
  message.endsWith('received NaN') ? 'This cannot be read. The field says what to type.' : message

/** From the outermost part in: the last part that is a field has the focus. Others are no fields, and setFocus passes over them. */
function focusField<Values extends FieldValues, Context, Output>(
  form: UseFormReturn<Values, Context, Output>,
  name: string,
) {
  const steps = name.split('.')
  for (let length = 1; length <= steps.length; length++) form.setFocus(toName<Values>(steps.slice(0, length).join('.')))
}

/** The one place where a name found in the errors is taken for one of the form's. */
const toName = <Values extends FieldValues>(name: string) => name as FieldPath<Values>
