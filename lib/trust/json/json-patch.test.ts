import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonPatch, type PatchStep } from './json-patch'

/** Applies steps as RFC 6902 §4 says. */
function applied(document: unknown, steps: readonly PatchStep[]): unknown {
  return steps.reduce<unknown>((value, step) => {
    if (step.path === '') return step.op === 'remove' ? undefined : step.value
    const root = structuredClone(value)
    const names = step.path
      .slice(1)
      .split('/')
      .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
    const last = names.pop() ?? ''
    const parent = names.reduce<unknown>((inner, name) => (inner as Record<string, unknown>)[name], root)
    if (Array.isArray(parent)) {
      const at = Number(last)
      expect(at).toBeLessThan(parent.length + (step.op === 'add' ? 1 : 0))
      parent.splice(at, step.op === 'add' ? 0 : 1, ...(step.op === 'remove' ? [] : [step.value]))
      return root
    }
    const object = parent as Record<string, unknown>
    expect(Object.hasOwn(object, last)).toBe(step.op !== 'add')
    if (step.op === 'remove') delete object[last]
    else
      Object.defineProperty(object, last, { value: step.value, enumerable: true, configurable: true, writable: true })
    return root
  }, document)
}

test('applied to the one value, the steps give the other', () => {
  const value = fc.jsonValue({ maxDepth: 4 })
  fc.assert(
    fc.property(value, value, (before, after) => {
      expect(JSON.stringify(sorted(applied(before, jsonPatch(before, after))))).toBe(JSON.stringify(sorted(after)))
    }),
  )
})

test('a value edited in one place is patched in that place alone', () => {
  const rules = Array.from({ length: 50 }, (_, at) => ({ path: `claim-${at}`, values: ['a', 'b'] }))
  const edited = rules.with(7, { path: 'claim-7', values: ['a', 'c'] })
  expect(jsonPatch({ rules }, { rules: edited })).toEqual([{ op: 'replace', path: '/rules/7/values/1', value: 'c' }])
})

describe('lists', () => {
  test.each<[string, unknown[], unknown[], PatchStep[]]>([
    ['what is added at the end', [1], [1, 2, 3], [add('/1', 2), add('/2', 3)]],
    ['what is added in the middle', [1, 3], [1, 2, 3], [add('/1', 2)]],
    ['what is removed, from the end', [1, 2, 3, 4], [1, 4], [remove('/2'), remove('/1')]],
    ['nothing, where nothing changed', [[1], { a: 1 }], [[1], { a: 1 }], []],
  ])('%s', (_, before, after, steps) => {
    expect(jsonPatch(before, after)).toEqual(steps)
  })
})

test('names are written as JSON Pointers (RFC 6901), and inherited members are none', () => {
  expect(jsonPatch({ 'a/b': 1, 'm~n': 1 }, { 'a/b': 2, 'm~n': 1, constructor: 1 })).toEqual([
    { op: 'replace', path: '/a~1b', value: 2 },
    add('/constructor', 1),
  ])
})

test('an undefined member is an absent one', () => {
  expect(jsonPatch({ a: undefined }, {})).toEqual([])
  expect(jsonPatch({ a: 1 }, { a: undefined })).toEqual([remove('/a')])
})

function add(path: string, value: unknown): PatchStep {
  return { op: 'add', path, value }
}

function remove(path: string): PatchStep {
  return { op: 'remove', path }
}

/** Members in one order; the order of an object's members means nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return members.map(([name, member]) => [name, sorted(member)])
}
