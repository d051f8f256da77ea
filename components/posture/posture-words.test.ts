import { expect, test } from 'vitest'
import { admittedOf, findingWords, isAtLeast, ruleHref, strangerWords, worstSeverity } from './posture-words'

test('strangers are counted in words', () => {
  const story = (admitted: boolean) => ({ admitted })
  expect(admittedOf([story(true), story(false), story(true)])).toEqual({ admitted: 2, total: 3 })
  expect(strangerWords({ admitted: 3, total: 14 })).toBe('3 of 14 strangers get in')
  expect(strangerWords({ admitted: 1, total: 14 })).toBe('1 of 14 strangers gets in')
  expect(strangerWords({ admitted: 0, total: 1 })).toBe('0 of 1 stranger get in')
})

test('where no story was judged nothing is said, because "0 of 0" would read as safe', () => {
  expect(strangerWords({ admitted: 0, total: 0 })).toBeNull()
})

test('findings are counted in words', () => {
  expect([0, 1, 12].map(findingWords)).toEqual(['No findings', '1 finding', '12 findings'])
})

test('severities are ordered from critical to info', () => {
  expect(isAtLeast('critical', 'high')).toBe(true)
  expect(isAtLeast('high', 'high')).toBe(true)
  expect(isAtLeast('medium', 'high')).toBe(false)
})

test('an id from elsewhere cannot leave its place in the address', () => {
  expect(ruleHref('../x?y')).toBe('/posture/rules/..%2Fx%3Fy')
})

test('the worst of several severities counts', () => {
  expect(worstSeverity(['low', 'high', null, 'medium'])).toBe('high')
  expect(worstSeverity([null, null])).toBeNull()
  expect(worstSeverity([])).toBeNull()
})
