import { dereference, type Schema, toList, toObject, toText } from './json-schema'
import { limitWords, typeWords } from './type-words'

/** One field of a body or an answer, as the reference lists it. */
export type SchemaRow = {
  /** Full path: `keys[].url`. */
  path: string
  /** Variant of its parent that it belongs to: "kind = jwks-url"; null when there is only one. */
  form: string | null
  type: string
  required: boolean
  /** As JSON; null when there is none. */
  default: string | null
  description: string | null
  limits: string[]
}

/** Depth to which a body is listed; deeper parts are named by their type. */
const depthMax = 6

/** Returns the fields of a schema, depth first, in its own order. A recursive schema is named, not expanded. */
export function schemaRows(document: Schema, schema: Schema): SchemaRow[] {
  return fieldsOf(document, schema, '', [], null)
}

function fieldsOf(
  document: Schema,
  given: Schema,
  path: string,
  above: readonly string[],
  form: string | null,
): SchemaRow[] {
  const { schema, name } = dereference(document, given)
  if (above.length >= depthMax || (name !== null && above.includes(name))) return []
  const here = [...above, name ?? '']

  const forms = toList(schema.anyOf ?? schema.oneOf).map(toObject)
  if (forms.length > 0) {
    const entered = forms.filter((each) => hasFields(document, each))
    return entered.flatMap((each, at) =>
      fieldsOf(document, each, path, here, entered.length > 1 ? formName(document, each, at) : form),
    )
  }
  if (schema.items !== undefined) return fieldsOf(document, toObject(schema.items), `${path}[]`, here, form)

  const all = toList(schema.allOf).flatMap((part) => fieldsOf(document, toObject(part), path, here, form))
  const required = toList(schema.required)
  const own = Object.entries(toObject(schema.properties)).flatMap(([key, value]) => {
    const field = toObject(value)
    const below = path === '' ? key : `${path}.${key}`
    return [
      toRow(document, field, below, form, required.includes(key)),
      ...fieldsOf(document, field, below, here, form),
    ]
  })
  return [...all, ...own]
}

function toRow(document: Schema, field: Schema, path: string, form: string | null, required: boolean): SchemaRow {
  const { schema } = dereference(document, field)
  // Siblings of a reference apply at this place (OpenAPI 3.1, Reference Object).
  const merged = { ...schema, ...field }
  return {
    path,
    form,
    type: typeWords(document, field),
    required,
    default: merged.default === undefined ? null : JSON.stringify(merged.default),
    description: toText(merged.description) ?? toText(merged.title) ?? null,
    limits: limitWords(merged),
  }
}

const hasFields = (document: Schema, given: Schema): boolean => {
  const { schema } = dereference(document, given)
  return ['properties', 'items', 'anyOf', 'oneOf', 'allOf'].some((key) => schema[key] !== undefined)
}

/** Named by the member with a single value, as in discriminated unions. */
function formName(document: Schema, given: Schema, at: number): string {
  const { schema, name } = dereference(document, given)
  for (const [key, value] of Object.entries(toObject(schema.properties))) {
    const { const: only, enum: values } = toObject(value)
    const fixed = only ?? (toList(values).length === 1 ? toList(values)[0] : undefined)
    if (typeof fixed === 'string') return `${key} = ${fixed}`
  }
  return toText(schema.title) ?? name ?? `form ${at + 1}`
}
