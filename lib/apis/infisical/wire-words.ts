import { z } from 'zod'
import { AppError } from '@/lib/errors'
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
    const [first] = fields
    throw new AppError(error.kind, first ? `${written(first.path)}: ${first.message}` : error.message, {
      fields,
      reason: error.reason,
      details: fields,
    })
  }
}

const written = (path: Path) =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('')
