import { expect, test, vi } from 'vitest'
import { AppError } from '@/lib/errors'
import { applyServerErrors, locateField } from './server-errors'

const values = {
  name: 'ci',
  keys: [{ kind: 'jwks-url', url: '' }],
  audiences: ['a', 'b'],
  boundClaims: [
    { key: 'env', value: 'prod' },
    { key: 'a.b', value: 'x' },
  ],
}

test.each([
  [['name'], 'name'],
  [['keys', 0, 'url'], 'keys.0.url'],
  [['audiences', 1], 'audiences.1'],
  [['keys', 0, 'url', 'host'], 'keys.0.url'],
  [['keys', 4, 'url'], 'keys'],
  [['boundClaims', 'a.b'], 'boundClaims.1.value'],
  [['boundClaims', 'gone'], 'boundClaims'],
  [['unknown'], null],
  [['constructor'], null],
  [['name', 'length'], 'name'],
  [[], null],
])('the path %j is about the field %j', (path, name) => {
  expect(locateField(values, path)).toBe(name)
})

test('every named field gets its sentence, the first takes the focus, and no general error is added', () => {
  const setError = vi.fn()
  const error = new AppError('invalid', 'Two fields are wrong.', {
    fields: [
      { path: ['name'], code: 'too_long', message: 'At most 64 characters.' },
      { path: ['keys', 0, 'url'], code: 'invalid_url', message: 'Must start with https://.' },
    ],
  })
  expect(applyServerErrors({ getValues: toGetValues(values), setError }, error)).toBe(true)
  expect(setError.mock.calls).toEqual([
    ['name', { type: 'too_long', message: 'At most 64 characters.' }, { shouldFocus: true }],
    ['keys.0.url', { type: 'invalid_url', message: 'Must start with https://.' }, { shouldFocus: false }],
  ])
})

test('a field the form does not have is not lost: it goes to the summary with its name', () => {
  const setError = vi.fn()
  const error = new AppError('invalid', 'No.', {
    fields: [{ path: ['extra'], code: 'unknown_key', message: 'Unknown.' }],
  })
  expect(applyServerErrors({ getValues: toGetValues(values), setError }, error)).toBe(false)
  expect(setError).toHaveBeenCalledExactlyOnceWith('root.server', { type: 'server', message: 'extra: Unknown.' })
})

test('an error about no field goes to the summary as it is', () => {
  const setError = vi.fn()
  applyServerErrors(
    { getValues: toGetValues(values), setError },
    new AppError('conflict', 'It changed since you read it.'),
  )
  expect(setError).toHaveBeenCalledExactlyOnceWith('root.server', {
    type: 'server',
    message: 'It changed since you read it.',
  })
})

test('something thrown that is no error still gives a sentence', () => {
  const setError = vi.fn()
  applyServerErrors({ getValues: toGetValues(values), setError }, 'boom')
  expect(setError.mock.calls[0]?.[1]).toMatchObject({ message: 'It could not be saved. Try again.' })
})

test('a form whose names differ from the server’s renames them first', () => {
  const setError = vi.fn()
  const error = new AppError('invalid', 'No.', {
    fields: [{ path: ['boundAudiences'], code: 'x', message: 'Too many.' }],
  })
  applyServerErrors({ getValues: toGetValues(values), setError }, error, () => ['audiences'])
  expect(setError.mock.calls[0]?.[0]).toBe('audiences')
})

/** Stands in for react-hook-form's overloaded getValues. */
const toGetValues = (all: object) => (() => all) as never
