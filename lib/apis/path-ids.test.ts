import { describe, expect, test } from 'vitest'
import { AppError } from '@/lib/errors'
import { apis } from '.'
import { withoutPathIds } from './path-ids'

const id = '6b1f2d6e-0f52-4c8e-9b8f-2a8c5f3a1d11'
const other = '0d3a8c5e-9d53-4f0e-8f35-0e6ad5d5a7b3'

describe('an id of the path that the body repeats', () => {
  test('is taken out of the body, whatever its case, and the rest stays', () => {
    expect(withoutPathIds({ identityId: id.toUpperCase(), tokenId: other, name: 'x' }, { identityId: id })).toEqual({
      tokenId: other,
      name: 'x',
    })
    expect(withoutPathIds({ identityId: id, tokenId: other }, { identityId: id, tokenId: other })).toEqual({})
  })

  test.each([other, null, 1, '', [id], ` ${id}`])('%o in its place is a rule broken, not dropped', (sent) => {
    const act = () => withoutPathIds({ identityId: sent }, { identityId: id })
    expect(act).toThrow(AppError)
    expect(act).toThrow(expect.objectContaining({ kind: 'rule', reason: 'path_id_differs' }))
  })

  test('counts letter by letter where it is no UUID', () => {
    expect(() => withoutPathIds({ sourceId: 'ABC' }, { sourceId: 'abc' })).toThrow(AppError)
  })

  test('leaves a body alone that repeats nothing, and one that is no object', () => {
    const body = { name: 'x' }
    expect(withoutPathIds(body, { identityId: id })).toBe(body)
    for (const odd of [null, 'text', [1], undefined]) expect(withoutPathIds(odd, { identityId: id })).toBe(odd)
  })
})

/** What a path names that is no id of ours, compared letter by letter, with a value that it may have. */
const foreignNames: Record<string, string> = {
  ...{
    iss: 'jwt',
    linkedUserId: 'jwt',
    sourceId: 'jwt',
    decisionId: 'jwt',
    method: 'jwt',
    rule: 'L01',
    version: '1',
    number: '1',
  },
}

describe('a UUID is read whatever its case (RFC 9562 §4)', () => {
  const withIds = apis.flatMap(({ name: api, operations }) =>
    Object.entries(operations).flatMap(([name, { path, params }]) => {
      const ids = [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, id = '']) => (id in foreignNames ? [] : [id]))
      const others = [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, id = '']) => (id in foreignNames ? [id] : []))
      return ids.length === 0 ? [] : [{ operation: `${api}.${name}`, ids, others, params }]
    }),
  )

  test.each(withIds)('in the path of $operation', ({ ids, others, params }) => {
    const sent = Object.fromEntries([
      ...ids.map((name) => [name, id.toUpperCase()]),
      ...others.map((name) => [name, foreignNames[name]]),
    ])
    expect(params?.parse(sent)).toMatchObject(Object.fromEntries(ids.map((name) => [name, id])))
  })
})
