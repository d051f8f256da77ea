import { expect, test } from 'vitest'
import { pageSize, toIdentityQuery } from './identity-query'

const read = (query: string) => {
  const search = new URLSearchParams(query)
  return toIdentityQuery((name) => search.get(name))
}

test('the bare URL asks for the first page by name', () => {
  expect(read('')).toEqual({
    search: undefined,
    role: undefined,
    sort: 'name',
    direction: 'asc',
    limit: pageSize,
    offset: 0,
  })
})

test('every part of the list’s query can be in the URL', () => {
  expect(read('search=ci&role=member&sort=lastLoginAt&direction=desc&page=3')).toEqual({
    search: 'ci',
    role: 'member',
    sort: 'lastLoginAt',
    direction: 'desc',
    limit: pageSize,
    offset: 2 * pageSize,
  })
})

test.each(['page=0', 'page=-1', 'page=1.5', 'page=x', 'page=1e9', 'role=root', 'sort=password', 'direction=up'])(
  'an invalid URL falls back to a valid query: %s',
  (query) => {
    expect(read(query)).toEqual(read(''))
  },
)

test('a search longer than the API takes is cut', () => {
  expect(read(`search=${'x'.repeat(300)}`).search).toHaveLength(200)
})
