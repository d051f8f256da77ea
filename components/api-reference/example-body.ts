import { dereference, type Schema, toList, toObject, toText } from './json-schema'

/** Returns a minimal body for a schema: required fields, with defaults where there are any. */
export function exampleBody(document: Schema, given: Schema, depth = 0): unknown {
  const { schema } = dereference(document, given)
  const merged = { ...schema, ...given }
  if (merged.example !== undefined) return merged.example
  if (toList(merged.examples).length > 0) return toList(merged.examples)[0]
  if (merged.default !== undefined) return merged.default
  if (merged.const !== undefined) return merged.const
  if (toList(merged.enum).length > 0) return toList(merged.enum)[0]
  if (depth > 6) return null
  const [form] = toList(merged.anyOf ?? merged.oneOf)
  if (form !== undefined) return exampleBody(document, toObject(form), depth + 1)

  const type = Array.isArray(merged.type) ? merged.type[0] : merged.type
  if (type === 'array')
    return Number(merged.minItems) > 0 ? [exampleBody(document, toObject(merged.items), depth + 1)] : []
  if (type === 'integer' || type === 'number') return typeof merged.minimum === 'number' ? merged.minimum : 0
  if (type === 'boolean') return false
  if (type === 'string') return exampleText(toText(merged.format))
  if (type !== 'object' && !merged.properties) return null
  const required = toList(merged.required)
  return Object.fromEntries(
    Object.entries(toObject(merged.properties))
      .filter(([name]) => required.includes(name))
      .map(([name, field]) => [name, exampleBody(document, toObject(field), depth + 1)]),
  )
}

const texts: Record<string, string> = {
  uuid: '00000000-0000-4000-8000-000000000000',
  email: 'ada@example.com',
  uri: 'https://issuer.example',
  'date-time': '2026-01-01T00:00:00Z',
}

const exampleText = (format: string | undefined) => (format && texts[format]) || '…'
