import type { z } from 'zod'

/** A stored value: what its schema makes of it, or that it cannot be read. */
export type Stored<Value> = { readable: true; value: Value } | { readable: false }

/**
 * Reads a column that holds JSON. Every such column is read here (`lib/architecture.test.ts`): a row may have been changed by hand, cut off
 * or written by another version, and one that cannot be read must not take the others down with it.
 */
export function readStored<Value>(text: string | null, schema: z.ZodType<Value>): Stored<Value> {
  try {
    return fits(JSON.parse(text ?? ''), schema)
  } catch {
    return { readable: false }
  }
}

/** The same for a value that is no JSON text: an enumeration, a name. */
export function fits<Value>(value: unknown, schema: z.ZodType<Value>): Stored<Value> {
  const { success, data } = schema.safeParse(value)
  return success ? { readable: true, value: data } : { readable: false }
}

/** The value of a column, or `instead` where it cannot be read. */
export function storedOr<Value>(text: string | null, schema: z.ZodType<Value>, instead: NoInfer<Value>): Value {
  const stored = readStored(text, schema)
  return stored.readable ? stored.value : instead
}

/** The value of a column, or null where it cannot be read. */
export function storedOrNull<Value>(text: string | null, schema: z.ZodType<Value>): Value | null {
  const stored = readStored(text, schema)
  return stored.readable ? stored.value : null
}
