import { expect, test } from 'vitest'
import { groupNames, readOptions, WrongOptions } from './options'

test('without arguments every group is measured at length', () => {
  expect(readOptions([])).toEqual({ isQuick: false, groups: [...groupNames], isReported: true, from: [] })
})

test('--only selects groups, in the order in which they are always measured', () => {
  const [first, last] = [groupNames[0], groupNames.at(-1)]
  const wanted = [...new Set([last, first])].join(', ')
  expect(readOptions(['--quick', `--only=${wanted}`])).toEqual({
    ...{ isQuick: true, groups: [...new Set([first, last])], isReported: false, from: [] },
  })
})

test('an unknown group is named, with those there are', () => {
  expect(() => readOptions(['--only=logins'])).toThrow(WrongOptions)
  expect(() => readOptions(['--only=logins'])).toThrow(/“logins”.*login/)
})

test('an unknown argument is refused', () => {
  expect(() => readOptions(['--fast'])).toThrow(WrongOptions)
})

test('what is not a whole run at length is reported only when asked for', () => {
  expect(readOptions(['--quick']).isReported).toBe(false)
  expect(readOptions(['--quick', '--report']).isReported).toBe(true)
  expect(readOptions(['--only=login', '--report']).isReported).toBe(true)
})
