import fc from 'fast-check'
import { expect, test } from 'vitest'
import { resolveRef } from './json-schema'
import { schemaRows } from './schema-rows'
import { typeWords } from './type-words'

const paths = (document: object, schema: object) => schemaRows({ ...document }, { ...schema }).map((row) => row.path)

test('a field says whether it must be there, what it takes, its default and its limits', () => {
  const schema = {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 100, description: 'What people read.' },
      uses: { type: 'integer', minimum: 0, default: 0 },
    },
  }
  expect(schemaRows({}, schema)).toEqual([
    {
      path: 'name',
      form: null,
      type: 'string',
      required: true,
      default: null,
      description: 'What people read.',
      limits: ['at least 1 character', 'at most 100 characters'],
    },
    { path: 'uses', form: null, type: 'integer', required: false, default: '0', description: null, limits: ['≥ 0'] },
  ])
})

test('nested objects and lists are listed by their full path', () => {
  const grant = { type: 'object', properties: { ips: { type: 'array', items: { type: 'string' } } } }
  const keys = { type: 'array', items: { type: 'object', properties: { url: { type: 'string' } } } }
  expect(paths({}, { type: 'object', properties: { grant, keys } })).toEqual([
    'grant',
    'grant.ips',
    'keys',
    'keys[].url',
  ])
})

test('each form of a union is named by what tells it apart', () => {
  const form = (kind: string, field: string) => ({
    type: 'object',
    properties: { kind: { type: 'string', const: kind }, [field]: { type: 'string' } },
  })
  const rows = schemaRows(
    {},
    { properties: { source: { oneOf: [form('jwks-url', 'url'), form('static-pem', 'pem')] } } },
  )
  expect(rows.map(({ path, form: name }) => [path, name])).toEqual([
    ['source', null],
    ['source.kind', 'kind = jwks-url'],
    ['source.url', 'kind = jwks-url'],
    ['source.kind', 'kind = static-pem'],
    ['source.pem', 'kind = static-pem'],
  ])
})

test('something or nothing is no union of forms', () => {
  const rows = schemaRows(
    {},
    {
      properties: { user: { anyOf: [{ type: 'object', properties: { id: { type: 'string' } } }, { type: 'null' }] } },
    },
  )
  expect(rows.map(({ path, form, type }) => [path, form, type])).toEqual([
    ['user', null, 'object or null'],
    ['user.id', null, 'string'],
  ])
})

test('references are resolved, and their siblings win', () => {
  const document = { components: { schemas: { Role: { type: 'string', enum: ['a', 'b'], description: 'Any role.' } } } }
  const role = { $ref: '#/components/schemas/Role', description: 'This role.', default: 'a' }
  expect(schemaRows(document, { properties: { role } })[0]).toMatchObject({
    type: '"a" or "b"',
    description: 'This role.',
    default: '"a"',
  })
})

test('a recursive schema ends', () => {
  const document = {
    components: { schemas: { Tree: { type: 'object', properties: { child: { $ref: '#/components/schemas/Tree' } } } } },
  }
  expect(paths(document, { $ref: '#/components/schemas/Tree' })).toEqual(['child'])
  const loop = {
    components: { schemas: { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } } },
  }
  expect(paths(loop, { $ref: '#/components/schemas/A' })).toEqual([])
})

test('a broken or external reference is an unknown type', () => {
  expect(resolveRef({}, 'https://evil.example/schema.json')).toBeUndefined()
  expect(resolveRef({}, '#/components/schemas/__proto__')).toBeUndefined()
  expect(typeWords({}, { $ref: '#/nowhere' })).toBe('any')
})

test('types read as words', () => {
  expect(typeWords({}, { type: 'string', format: 'uuid' })).toBe('string (uuid)')
  expect(typeWords({}, { type: ['string', 'null'] })).toBe('string or null')
  expect(typeWords({}, { type: 'array', items: { type: 'array', items: { type: 'number' } } })).toBe(
    'list of list of number',
  )
  expect(typeWords({}, {})).toBe('any')
})

test('no document can make it throw', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      const schema =
        typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { properties: value }
      schemaRows(schema, { ...schema, properties: { field: value }, anyOf: undefined })
      schemaRows(schema, schema)
    }),
  )
})
