import { expect, test } from 'vitest'
import { signInFailure } from './sign-in-failure'

test('a missing subject and a missing audience are told apart', () => {
  const titles = ['sub', 'aud', 'iss'].map((check) => signInFailure('claim_missing', check).title)
  expect(new Set(titles).size).toBe(3)
})

test.each(['<b>x</b>', '', null, 'constructor', '__proto__', 'toString'])(
  '%s says no more than that it was refused',
  (reason) => {
    expect(signInFailure(reason, null).title).toBe('The token was refused')
  },
)
