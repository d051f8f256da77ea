import { expect, test } from 'vitest'
import { dayEnd, dayStart, toQueryString, withParameters } from './query-string'

test('a check without a setting is left out', () => {
  expect(toQueryString({ search: '', role: undefined, cursor: null, limit: 50 })).toBe('?limit=50')
  expect(toQueryString({ search: undefined })).toBe('')
})

test('a searched text arrives as it was typed', () => {
  const typed = 'a&b=c #?+ü'
  expect(new URLSearchParams(toQueryString({ search: typed })).get('search')).toBe(typed)
})

test('changing one filter keeps the others', () => {
  expect(withParameters('?role=admin&page=3', { page: null, search: 'ci' })).toBe('?role=admin&search=ci')
  expect(withParameters('?role=admin', { role: '' })).toBe('')
})

test('a day is whole, in UTC', () => {
  expect(dayStart('2026-02-28')).toBe('2026-02-28T00:00:00.000Z')
  expect(dayEnd('2026-02-28')).toBe('2026-02-28T23:59:59.999Z')
})

test.each([null, '', 'yesterday', '2026-13-01', '2026-02-30', '2026-02-28T00:00', '20260228'])(
  'what is no day filters nothing: %s',
  (text) => {
    expect(dayStart(text)).toBeUndefined()
    expect(dayEnd(text)).toBeUndefined()
  },
)
