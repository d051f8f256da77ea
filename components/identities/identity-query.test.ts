import { expect, test } from 'vitest'
import { pageSize, toIdentityQuery } from './identity-query'

const read = (query: string) => {
  const search = new URLSearchParams(query)
  return toIdentityQuery((name) => search.get(name))
}

test('the bare URL asks for the first page by name', () => {
  expect(read('')).toEqual({
    ...{ search: undefined, issuer: undefined, role: undefined },
    ...{ method: undefined, severity: undefined, lastLogin: undefined },
    sort: 'name',
    direction: 'asc',
    limit: pageSize,
    offset: 0,
  })
})

test('every part of the list’s query can be in the URL', () => {
  const filters = 'search=ci&role=member&issuer=gitlab&method=token&severity=high&lastLogin=never'
  expect(read(`${filters}&sort=lastLoginAt&direction=desc&page=3`)).toEqual({
    ...{ search: 'ci', issuer: 'gitlab', role: 'member' },
    ...{ method: 'token', severity: 'high', lastLogin: 'never' },
    sort: 'lastLoginAt',
    direction: 'desc',
    limit: pageSize,
    offset: 2 * pageSize,
  })
})

test.each([
  'page=0',
  'page=-1',
  'page=1.5',
  'page=x',
  'page=1e9',
  'role=root',
  'method=x',
  'severity=x',
  'lastLogin=x',
  'sort=password',
  'direction=up',
])('an invalid URL falls back to a valid query: %s', (query) => {
  expect(read(query)).toEqual(read(''))
})

test('a search longer than the API takes is cut', () => {
  expect(read(`search=${'x'.repeat(300)}`).search).toHaveLength(200)
})
