import { expect, test } from 'vitest'
import { z } from 'zod'
import { AppError, type FieldIssue } from '@/lib/errors'
import { parseInput, toFieldIssues } from './field-issues'

const Person = z.strictObject({
  name: z.string().max(3),
  age: z.int().optional(),
  tags: z
    .array(z.strictObject({ key: z.string() }))
    .max(2)
    .optional(),
  labels: z.record(z.string(), z.string()).optional(),
})

function issuesOf(input: unknown, at?: string[]): FieldIssue[] {
  try {
    parseInput(Person, input, at)
  } catch (error) {
    if (error instanceof AppError && error.kind === 'invalid') return error.fields
    throw error
  }
  return []
}
const paths = (input: unknown, at?: string[]) => issuesOf(input, at).map(({ path }) => path.join('.'))

test('valid input is returned parsed', () => {
  expect(parseInput(Person, { name: 'Ada', age: 3 })).toEqual({ name: 'Ada', age: 3 })
})

test('every wrong field is named once, whatever is wrong with it', () => {
  expect(paths({ name: 'Adas', age: 'x', tags: [{}, { key: 1 }] })).toEqual(['name', 'age', 'tags.0.key', 'tags.1.key'])
  expect(paths({ name: 'Ada', tags: 'a text longer than the list may be' })).toEqual(['tags'])
})

test('a missing field is reported as required', () => {
  expect(issuesOf({})).toEqual([{ path: ['name'], code: 'invalid_type', message: 'Required.' }])
})

test('an unknown field is named by itself, with the one that was probably meant', () => {
  const [first, second] = issuesOf({ name: 'Ada', Nmae: 1, zzzzzzzz: 2 })
  expect(first).toEqual({ path: ['Nmae'], code: 'unknown_key', message: 'Unknown field. Did you mean "name"?' })
  expect(second?.message).toBe('Unknown field.')
})

test('paths begin with the path of the input', () => {
  expect(paths({}, ['query'])).toEqual(['query.name'])
})

test('U+0000 is refused anywhere, in names too', () => {
  expect(paths({ name: 'a\0', tags: [{ key: '\0' }] })).toEqual(['name', 'tags.0.key'])
  expect(paths({ name: 'a', labels: { 'b\0': 'c' } })).toEqual(['labels.b\0'])
})

test('a member named __proto__ is refused, not dropped', () => {
  expect(paths(JSON.parse('{"name":"a","labels":{"__proto__":"x"}}'))).toEqual(['labels.__proto__'])
  expect(paths(JSON.parse('{"name":"a","__proto__":{"age":1}}'))).toEqual(['__proto__'])
})

test('the message of the error is the first wrong field’s', () => {
  expect(() => parseInput(Person, { name: 1 })).toThrow(/^name: /)
})

test('no more wrong fields are listed than an answer may hold, however many there are', () => {
  const many = Array.from({ length: 5_000 }, (_, at) => `k${at}`)
  expect(paths({ name: 'a', tags: many.map(() => ({ key: '\0' })) })).toHaveLength(50)
  expect(paths({ name: 'a', labels: Object.fromEntries(many.map((key) => [key, '\0'])) })).toHaveLength(50)
  expect(paths({ name: 'a', ...Object.fromEntries(many.map((key) => [key, 1])) })).toHaveLength(50)
})

test('of several forms, the issues are those of the one that a value has', () => {
  const Either = z.union([
    z.strictObject({ id: z.string() }),
    z.strictObject({ thing: z.strictObject({ size: z.number(), on: z.boolean() }) }),
  ])
  const issues = (sent: unknown) =>
    toFieldIssues(Either.safeParse(sent, { reportInput: true }).error ?? new z.ZodError([]))
  expect(issues({ thing: { size: 'x', on: 1, of: 2 } }).map(({ path }) => path.join('.'))).toEqual([
    'thing.size',
    'thing.on',
    'thing.of',
  ])
  expect(issues({ id: 7 }).map(({ path }) => path.join('.'))).toEqual(['id'])
  expect(issues({ thin: { size: 1 } })).toEqual([
    { path: ['thin'], code: 'unknown_key', message: 'Unknown field. Did you mean "thing"?' },
    { path: ['id'], code: 'invalid_union', message: 'Required, or else "thing".' },
  ])
  expect(issues({})).toEqual([{ path: ['id'], code: 'invalid_union', message: 'Required, or else "thing".' }])
})
