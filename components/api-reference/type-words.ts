import { dereference, type Schema, toList, toObject, toText } from './json-schema'

/** Describes the type of a schema: "string (uuid)", "list of integers", "string or null". */
export function typeWords(document: Schema, given: Schema, depth = 0): string {
  const { schema, name } = dereference(document, given)
  if (depth > 4) return name ?? 'any'
  const forms = toList(schema.anyOf ?? schema.oneOf).map(toObject)
  if (forms.length > 0) {
    const words = [...new Set(forms.map((form) => typeWords(document, form, depth + 1)))]
    return words.length > 4 ? `one of ${forms.length} forms` : words.join(' or ')
  }
  if ('const' in schema) return JSON.stringify(schema.const)
  const values = toList(schema.enum)
  if (values.length > 0) return values.map((value) => JSON.stringify(value)).join(' or ')
  if (Array.isArray(schema.type))
    return schema.type.map((type) => typeWords(document, { ...schema, type }, depth + 1)).join(' or ')
  if (schema.type === 'array') return `list of ${typeWords(document, toObject(schema.items), depth + 1)}`
  const format = toText(schema.format)
  const type = toText(schema.type)
  if (type === undefined) return schema.properties ? 'object' : 'any'
  return format ? `${type} (${format})` : type
}

/** Describes the limits of a schema. */
export function limitWords(schema: Schema): string[] {
  const limits: string[] = []
  const say = (key: string, words: (value: unknown) => string) => {
    if (schema[key] !== undefined) limits.push(words(schema[key]))
  }
  say('minLength', (value) => counted('at least', value, 'character', 'characters'))
  say('maxLength', (value) => counted('at most', value, 'character', 'characters'))
  say('minimum', (value) => `≥ ${value}`)
  say('maximum', (value) => `≤ ${value}`)
  say('exclusiveMinimum', (value) => `> ${value}`)
  say('exclusiveMaximum', (value) => `< ${value}`)
  say('minItems', (value) => counted('at least', value, 'entry', 'entries'))
  say('maxItems', (value) => counted('at most', value, 'entry', 'entries'))
  // A format's pattern repeats its name.
  if (schema.format === undefined) say('pattern', (value) => `matches ${value}`)
  return limits
}

const counted = (which: string, count: unknown, one: string, many: string) =>
  `${which} ${count} ${count === 1 ? one : many}`
