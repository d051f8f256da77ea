import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { apis } from '.'

/** Every member called `name` of a body that writes, with its schema; those of a search are compared, not shown. */
function namesOf(schema: unknown): z.ZodType[] {
  const inner = unwrapped(schema)
  if (inner instanceof z.ZodUnion || inner instanceof z.ZodDiscriminatedUnion) return inner.options.flatMap(namesOf)
  if (!(inner instanceof z.ZodObject)) return []
  const name: unknown = inner.shape.name
  return name instanceof z.ZodType ? [name] : []
}

function unwrapped(schema: unknown): unknown {
  const wraps = [z.ZodOptional, z.ZodNullable, z.ZodDefault, z.ZodPrefault]
  for (const Wrap of wraps) if (schema instanceof Wrap) return unwrapped(schema.def.innerType)
  return schema
}

const named = apis.flatMap((api) =>
  Object.entries(api.operations).flatMap(([id, { body }]) =>
    namesOf(body).map((name): [string, z.ZodType] => [`${api.name}.${id}`, name]),
  ),
)

describe('a name that people read holds no character that is not seen', () => {
  test.each(named)('%s', (_, name) => {
    expect(name.safeParse('payments deployer').success).toBe(true)
    for (const hidden of ['photo\u202egpj.exe', 'pay\u200bments', 'a\u2028b', '\u2066a\u2069', 'a\u0007b']) {
      expect(name.safeParse(hidden).success, JSON.stringify(hidden)).toBe(false)
    }
  })

  test('wherever one is given', () => expect(named.length).toBeGreaterThan(15))
})
