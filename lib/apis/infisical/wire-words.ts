import { z } from 'zod'
import { AppError, type FieldIssue } from '@/lib/errors'
import { toFieldIssues } from '../field-issues'

type Path = (string | number)[]

/** Runs a verb; where it finds a field wrong, says so in the words of this API: `publicKeys[1]: …`. */
export async function inWireWords<T>(wireField: (path: Path) => Path, act: Promise<T>): Promise<T> {
  try {
    return await act
  } catch (thrown) {
    // Every field fits this wire, and the domain refuses one all the same: a private key, for example.
    const error = thrown instanceof z.ZodError ? new AppError('rule', '', { fields: toFieldIssues(thrown) }) : thrown
    if (!(error instanceof AppError) || error.fields.length === 0) throw error
    const fields = error.fields.map((field) => ({ ...field, path: wireField(field.path) }))
    throw atFields(error, fields)
  }
}

/** A rule of the service that these fields break. */
export const brokenRule = (fields: FieldIssue[]) =>
  atFields(new AppError('rule', '', { reason: fields[0]?.code }), fields)

function atFields({ kind, message, reason }: AppError, fields: FieldIssue[]): AppError {
  const [first] = fields
  const said = first ? `${written(first.path)}: ${first.message}` : message
  return new AppError(kind, said, { fields, reason, details: fields })
}

const written = (path: Path) =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('')
