import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form'
import type { FieldIssue } from '@/lib/errors'

/** Error of a failed save; `ApiError` and `AppError` fit. */
export type SaveFailure = Error & { fields?: FieldIssue[]; reqId?: string | undefined }

/**
 * Sets the server's messages on their fields; others go to `errors.root.server`, which `FormErrorSummary` shows.
 * Returns whether any field was found. `rename` maps a server path to a form path where the two differ.
 */
export function applyServerErrors<Values extends FieldValues, Context, Output>(
  form: Pick<UseFormReturn<Values, Context, Output>, 'getValues' | 'setError'>,
  error: unknown,
  rename: (path: FieldIssue['path']) => FieldIssue['path'] = (path) => path,
): boolean {
  const failure = toFailure(error)
  const homeless: string[] = []
  let found = false
  for (const issue of failure.fields ?? []) {
    const name = locateField(form.getValues(), rename(issue.path))
    if (name === null) {
      homeless.push(issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message)
      continue
    }
    form.setError(toName<Values>(name), { type: issue.code, message: issue.message }, { shouldFocus: !found })
    found = true
  }
  if (!found || homeless.length > 0) {
    const message = homeless.length > 0 ? homeless.join(' ') : failure.message
    form.setError('root.server', { type: failure.reqId ?? 'server', message })
  }
  return found
}

/**
 * Returns the dotted name of the form field for a server's path: the longest prefix that exists in the form. In
 * key-value rows the server's path has the key (`boundClaims.ref`), the form's the index (`boundClaims.0.value`).
 */
export function locateField(values: unknown, path: FieldIssue['path']): string | null {
  const name: (string | number)[] = []
  let here = values
  for (const step of path) {
    const row = Array.isArray(here) ? here.findIndex((each) => isRow(each) && each.key === String(step)) : -1
    if (row >= 0) return [...name, row, 'value'].join('.')
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) break
    name.push(step)
    here = Reflect.get(here, step)
  }
  return name.length > 0 ? name.join('.') : null
}

const isRow = (value: unknown): value is { key: unknown } =>
  typeof value === 'object' && value !== null && 'key' in value && 'value' in value

const toFailure = (error: unknown): SaveFailure =>
  error instanceof Error ? error : new Error('It could not be saved. Try again.')

/** The only cast of a name found at run time to a field name of the form. */
const toName = <Values extends FieldValues>(name: string) => name as FieldPath<Values>
