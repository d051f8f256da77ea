/** The part of JSON Schema 2020-12 that the reference shows; other keywords are ignored. */
export type Schema = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Returns an object as it is, else an empty object. */
export const toObject = (value: unknown): Schema => (isObject(value) ? value : {})

/** Returns an array as it is, else an empty array. */
export const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** Returns a string as it is, else undefined. */
export const toText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** Resolves `#/a/b` inside a document (RFC 6901, fragment form); undefined for an unknown or external reference. */
export function resolveRef(document: Schema, ref: string): Schema | undefined {
  if (!ref.startsWith('#/')) return undefined
  let here: unknown = document
  for (const step of ref.slice(2).split('/')) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined
    here = Reflect.get(here, name)
  }
  return isObject(here) ? here : undefined
}

/** Resolves a reference to its schema and name; a broken reference is an empty schema. */
export function dereference(document: Schema, schema: Schema): { schema: Schema; name: string | null } {
  let here = schema
  let name: string | null = null
  // Bounded, because two references may point at each other.
  for (let hops = 0; hops < 20; hops++) {
    const ref = toText(here.$ref)
    if (ref === undefined) return { schema: here, name }
    name = ref.split('/').at(-1) ?? null
    here = resolveRef(document, ref) ?? {}
  }
  return { schema: {}, name }
}
