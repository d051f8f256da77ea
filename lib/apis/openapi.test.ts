import { createConfig, lintFromString } from '@redocly/openapi-core'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { exampleOf, type JsonSchema } from '@/e2e/fixtures/example-of'
import { apis } from '.'
import type { Operation } from './api'
import { toOpenApi } from './openapi'

const document = JSON.parse(JSON.stringify(toOpenApi(apis, { url: 'https://keybound.example', version: '1.0.0' })))
const schemas: Record<string, JsonSchema> = document.components.schemas

const operations = apis.flatMap((api) =>
  Object.entries(api.operations).map(([name, operation]): [string, Operation] => [`${api.name}.${name}`, operation]),
)
const written = ({ path, method }: Operation) => document.paths[path][method.toLowerCase()]
const withBody = operations.filter(([, { body }]) => body !== undefined)

describe('the OpenAPI document', () => {
  test('passes Redocly’s recommended rules', async () => {
    const rules = {
      // ZITADEL's own paths: a fixed step comes before a parameter, as the router decides.
      'no-ambiguous-paths': 'off',
      // What a browser walks through answers with redirects, and what takes nothing refuses nothing: asked below.
      'operation-2xx-response': 'off',
      'operation-4xx-response': 'off',
    } as const
    const config = await createConfig({ extends: ['recommended'], rules })
    const problems = await lintFromString({ source: JSON.stringify(document), config })
    expect(problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`)).toEqual([])
  })

  test.each(operations)('says how %s succeeds, and that it refuses what it must', (_, operation) => {
    const statuses = Object.keys(written(operation).responses)
    expect(statuses.some((status) => /^[23]/.test(status))).toBe(true)
    const canRefuse = operation.auth === 'required' || operation.body || operation.query || operation.params
    if (canRefuse) expect(statuses.some((status) => /^4/.test(status))).toBe(true)
  })
})

test('lists in one text say how values are separated, and how a comma of a value is written', () => {
  for (const name of ['JwtAuthInput', 'OidcAuthAttach', 'OidcAuthUpdate']) {
    const properties = schemas[name]?.properties ?? {}
    for (const field of ['boundAudiences', 'boundClaims']) {
      expect(properties[field]?.description, `${name}.${field}`).toContain('`\\,`')
    }
  }
})

describe('a client that is made from the document', () => {
  const bodyOf = (operation: Operation): JsonSchema[] =>
    Object.values<{ schema: JsonSchema }>(written(operation).requestBody.content).map(({ schema }) => schema)

  test.each(withBody)('sends %s only what is accepted', (_, operation) => {
    for (const schema of bodyOf(operation)) {
      for (const fields of ['required', 'all'] as const) {
        const example = exampleOf(schema, schemas, fields)
        const parsed = z.safeParse(operation.body ?? z.never(), example)
        expect(parsed.error?.issues, JSON.stringify(example)).toBeUndefined()
      }
    }
  })

  test.each(withBody)('leaves nothing out that %s demands', (_, operation) => {
    for (const schema of bodyOf(operation)) {
      const whole = exampleOf(schema, schemas, 'all')
      if (typeof whole !== 'object' || whole === null || Array.isArray(whole)) continue
      const required = new Set(requiredOf(schema))
      for (const name of Object.keys(whole)) {
        const without = Object.fromEntries(Object.entries(whole).filter(([key]) => key !== name))
        const isAccepted = z.safeParse(operation.body ?? z.never(), without).success
        expect({ name, isAccepted }).toEqual({ name, isAccepted: !required.has(name) })
      }
    }
  })

  /** Of an object, or of the first form of one that has several. */
  function requiredOf(schema: JsonSchema): string[] {
    const named = schema.$ref ? schemas[schema.$ref.split('/').at(-1) ?? ''] : undefined
    if (named) return requiredOf(named)
    const [form] = schema.oneOf ?? schema.anyOf ?? []
    return form ? requiredOf(form) : (schema.required ?? [])
  }

  test('is told no default that would be refused', () => {
    const refused: string[] = []
    const walk = (at: string, value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      if ('default' in value && ('type' in value || 'anyOf' in value || '$ref' in value)) {
        const { default: byDefault, ...schema } = value
        const whole = { ...inlined(schema), $defs: {} }
        if (!z.fromJSONSchema(whole as never).safeParse(byDefault).success) refused.push(at)
      }
      for (const [name, member] of Object.entries(value)) walk(`${at}/${name}`, member)
    }
    for (const [id, operation] of withBody) walk(id, inlined({ forms: bodyOf(operation) }))
    expect(refused).toEqual([])
  })

  /** A schema with its references written out; a recursive one ends in anything. */
  function inlined(value: unknown, seen: readonly string[] = []): Record<string, unknown> {
    const visit = (part: unknown, above: readonly string[]): unknown => {
      if (Array.isArray(part)) return part.map((one) => visit(one, above))
      if (typeof part !== 'object' || part === null) return part
      const ref = '$ref' in part && typeof part.$ref === 'string' ? part.$ref.split('/').at(-1) : undefined
      if (ref !== undefined) return above.includes(ref) ? {} : visit(schemas[ref], [...above, ref])
      return Object.fromEntries(Object.entries(part).map(([name, member]) => [name, visit(member, above)]))
    }
    return visit(value, seen) as Record<string, unknown>
  }
})
