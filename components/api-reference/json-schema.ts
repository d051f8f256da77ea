import { z } from 'zod'

/** As much of a JSON Schema 2020-12 as the reference shows; whatever has another form counts as not said. */
export type Schema = Readonly<Record<string, unknown>>

const Loose = z.record(z.string(), z.unknown())

/** A value as an object; anything else is an empty one. */
export const toObject = (value: unknown): Schema => Loose.safeParse(value).data ?? {}

/** A value as a list; anything else is an empty one. */
export const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** A value as text; anything else is undefined. */
export const toText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** Follows `#/a/b` inside a document (RFC 6901, fragment form). Undefined for what is not there or not local. */
export function resolveRef(document: Schema, ref: string): Schema | undefined {
  if (!ref.startsWith('#/')) return undefined
  let here: unknown = document
  for (const step of ref.slice(2).split('/')) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined
    here = Reflect.get(here, name)
  }
  const found = Loose.safeParse(here)
  return found.success ? found.data : undefined
}

/** The schema behind a reference, and the name it goes by; a reference to nowhere is an empty schema. */
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
