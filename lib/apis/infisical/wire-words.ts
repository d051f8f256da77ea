import { AppError } from '@/lib/errors'

type Path = (string | number)[]

/** Runs a verb; where it finds a field wrong, says so in the words of this API: `publicKeys[1]: …`. */
export async function inWireWords<T>(wireField: (path: Path) => Path, act: Promise<T>): Promise<T> {
  try {
    return await act
  } catch (error) {
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
