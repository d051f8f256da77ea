import { expect, test } from 'vitest'
import { ApiError } from '@/lib/client/http'
import { signInProblem } from './sign-in-problem'

test('wrong credentials do not tell which of the two is wrong', () => {
  const { title, advice } = signInProblem(new ApiError('unauthenticated', 'x', { status: 401 }))
  expect(title).toMatch(/email address or password/i)
  expect(advice).not.toMatch(/no such|unknown/i)
})

test.each([
  [1, '1 second'],
  [59, '59 seconds'],
  [60, '1 minute'],
  [61, '2 minutes'],
  [300, '5 minutes'],
])('after too many attempts it says how long to wait: %d s', (retryAfterSeconds, words) => {
  const error = new ApiError('too-many', 'x', { status: 429, retryAfterSeconds })
  expect(signInProblem(error).advice).toContain(words)
})

test('anything else keeps the server’s own sentence', () => {
  expect(signInProblem(new ApiError('unavailable', 'The database does not answer.')).advice).toBe(
    'The database does not answer.',
  )
})
