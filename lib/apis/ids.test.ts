import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { apis } from '.'

const id = 'a1b2c3d4-0f52-4c8e-9b8f-2a8c5f3ad1e1'

/** What others call their people, labels, hashes, ids of requests and what a gateway gives back: case counts. */
const notUuids = new Set([
  ...['linkedUserId', 'idpLink.userId', 'project.id', 'sourceId', 'decisionId', 'authRequestID', 'userAgentID'],
  // WebAuthn's, in base64url.
  ...['credential.id', 'credential.rawId'],
])

/** Every member named like an id, with its schema, of an object and of the objects in it. */
function idsOf(schema: unknown, at: string[] = []): [string, z.ZodType][] {
  const inner = unwrapped(schema)
  if (inner instanceof z.ZodUnion) return inner.options.flatMap((option) => idsOf(option, at))
  if (inner instanceof z.ZodArray) return idsOf(inner.element, at)
  if (!(inner instanceof z.ZodObject)) return []
  return Object.entries(inner.shape).flatMap(([name, member]): [string, z.ZodType][] =>
    /^id$|I[dD]$/.test(name) ? [[[...at, name].join('.'), member as z.ZodType]] : idsOf(member, [...at, name]),
  )
}

function unwrapped(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return unwrapped(schema.def.innerType)
  }
  return schema instanceof z.ZodPrefault ? unwrapped(schema.def.innerType) : schema
}

const named = apis.flatMap((api) =>
  Object.entries(api.operations).flatMap(([name, { params, query, body }]) =>
    Object.entries({ params, query, body }).flatMap(([place, schema]) =>
      idsOf(schema)
        .filter(([member]) => !notUuids.has(member))
        .map(([member, one]): [string, z.ZodType] => [`${api.name}.${name} ${place}.${member}`, one]),
    ),
  ),
)

describe('an id is read whatever its case (RFC 9562 §4)', () => {
  test.each(named)('%s', (_, schema) => {
    expect(schema.safeParse(id.toUpperCase())).toMatchObject({ success: true, data: id })
  })

  test('in every path that names something of ours', () => {
    expect(named.length).toBeGreaterThan(90)
  })
})
