import { z } from 'zod'
import { AppError, type FieldIssue } from '@/lib/errors'
import { toFieldIssues } from '../field-issues'

type Path = (string | number)[]

/** Runs a verb and reports its wrong fields by their names on the wire: `publicKeys[1]: …`. */
export async function inWireWords<T>(wireField: (path: Path) => Path, act: Promise<T>): Promise<T> {
  try {
    return await act
  } catch (thrown) {
    // Fields that fit the wire and that the domain refuses, for example a private key.
    const error = thrown instanceof z.ZodError ? new AppError('rule', '', { fields: toFieldIssues(thrown) }) : thrown
    if (!(error instanceof AppError) || error.fields.length === 0) throw error
    const fields = error.fields.map((field) => ({ ...field, path: wireField(field.path) }))
    throw atFields(error, fields)
  }
}

/** Returns the error of a broken rule, at its fields. */
export const brokenRule = (fields: FieldIssue[]) =>
  atFields(new AppError('rule', '', { reason: fields[0]?.code }), fields)

function atFields({ kind, message, reason }: AppError, fields: FieldIssue[]): AppError {
  const [first] = fields
  const said = first ? `${written(first.path)}: ${first.message}` : message
  return new AppError(kind, said, { fields, reason, details: fields })
}

const written = (path: Path) =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('')
