import type { ReactNode } from 'react'
import { type Control, type FieldPath, type FieldValues, useController } from 'react-hook-form'
import { errorSentence } from './error-sentence'

/** What every field takes: where its value lives, and the words around it. */
export type FieldProps<Values extends FieldValues, Context, Output> = {
  control: Control<Values, Context, Output>
  name: FieldPath<Values>
  label: string
  /** One line: what it is for, or what happens when it is empty. */
  help?: ReactNode
  disabled?: boolean
}

/** Joins a field to its form: its value as nobody promised (`unknown`), its sentence if it is wrong. */
export function useField<Values extends FieldValues, Context, Output>({
  control,
  name,
}: Pick<FieldProps<Values, Context, Output>, 'control' | 'name'>) {
  const { field, fieldState } = useController({ control, name })
  const value: unknown = field.value
  return { ...field, value, errors: fieldState.error as unknown, error: errorSentence(fieldState.error) }
}

/** The field's value as text: a form that was given nothing shows nothing. */
export const toText = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The field's value as a list of texts. */
export const toTexts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : []
