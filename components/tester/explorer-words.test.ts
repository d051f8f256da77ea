import { expect, test } from 'vitest'
import { type Found, summaryOf } from './explorer-words'

const of = (found: Partial<Found>) =>
  summaryOf({ judged: 29, accepting: 0, ofIssuer: 0, nearIssuer: 0, ...found }, null)

test('where no trust accepts a token, it is said whether any is for its issuer', () => {
  expect(of({})).toBe('None of 29 trusts accepts it: none is for its issuer.')
  expect(of({ ofIssuer: 1 })).toBe('None of 29 trusts accepts it; one is for its issuer.')
  expect(of({ ofIssuer: 9, nearIssuer: 1 })).toBe('None of 29 trusts accepts it; 9 are for its issuer.')
  expect(of({ nearIssuer: 1 })).toBe('None of 29 trusts accepts it; one is for almost the same issuer.')
  expect(of({ ofIssuer: null })).toBe('None of 29 trusts accepts it.')
  expect(of({ judged: 1 })).toBe('The one trust refuses it: it is not for its issuer.')
  expect(of({ judged: 0 })).toBe('There are no trusts yet.')
  expect(of({ accepting: 2, ofIssuer: 3 })).toBe('2 of 29 trusts accept it.')
})
