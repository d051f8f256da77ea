import { expect, test } from 'vitest'
import { bindableClaim } from './bindable-claim'

const claims = { iss: 'a', aud: ['x'], many: ['x', 'y'], kubernetes: { namespace: 'prod' }, alg: 'z' }

test('a failed claim check offers what the token says, nested claims by their address', () => {
  expect(bindableClaim({ id: 'iss', status: 'fail' }, claims)).toEqual({ path: 'iss', value: 'a' })
  expect(bindableClaim({ id: 'aud', status: 'fail' }, claims)).toEqual({ path: 'aud', value: 'x' })
  expect(bindableClaim({ id: 'claim:kubernetes.namespace', status: 'fail' }, claims)).toEqual({
    path: 'kubernetes.namespace',
    value: 'prod',
  })
})

test('nothing is offered for a check that passed, a missing claim, several values, or what is no claim', () => {
  expect(bindableClaim({ id: 'claim:many', status: 'fail' }, claims)).toBeNull()
  expect(bindableClaim({ id: 'iss', status: 'pass' }, claims)).toBeNull()
  expect(bindableClaim({ id: 'sub', status: 'fail' }, claims)).toBeNull()
  expect(bindableClaim({ id: 'header.alg', status: 'fail' }, claims)).toBeNull()
  expect(bindableClaim({ id: 'claim:kubernetes', status: 'fail' }, claims)).toBeNull()
  expect(bindableClaim({ id: 'iss', status: 'fail' }, null)).toBeNull()
})
