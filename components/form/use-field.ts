import type { ReactNode } from 'react'
import { type Control, type FieldPath, type FieldValues, useController } from 'react-hook-form'
import { errorSentence } from './error-sentence'

/** Props of every field: its place in the form, label and help. */
export type FieldProps<Values extends FieldValues, Context, Output> = {
  control: Control<Values, Context, Output>
  name: FieldPath<Values>
  label: string
  /** One line: its purpose, or what an empty value means. */
  help?: ReactNode
  disabled?: boolean
}

/** Connects a field to its form: value (`unknown`) and error message. */
export function useField<Values extends FieldValues, Context, Output>({
  control,
  name,
}: Pick<FieldProps<Values, Context, Output>, 'control' | 'name'>) {
  const { field, fieldState } = useController({ control, name })
  const value: unknown = field.value
  return { ...field, value, errors: fieldState.error as unknown, error: errorSentence(fieldState.error) }
}

/** Returns the value as text, empty when there is none. */
export const toText = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Returns the value as a list of texts. */
export const toTexts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : []
