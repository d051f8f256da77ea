import { expect, test } from 'vitest'
import { readSeedOptions, WrongSeedOptions } from './options'

test('without arguments an empty installation gets a thousand identities and ten thousand decisions of ninety days', () => {
  expect(readSeedOptions([])).toEqual({
    ...{ identities: 1_000, decisions: 10_000, audit: 0, days: 90, intoExisting: false, password: null },
  })
})

test('sizes are whole numbers', () => {
  expect(readSeedOptions(['--identities', '100000', '--decisions=1000000', '--into-existing'])).toMatchObject({
    ...{ identities: 100_000, decisions: 1_000_000, intoExisting: true },
  })
  expect(readSeedOptions(['--audit', '1000000']).audit).toBe(1_000_000)
  expect(() => readSeedOptions(['--audit=some'])).toThrow('--audit is “some”')
  for (const wrong of ['1e6', '-1', '', 'many', '0']) {
    expect(() => readSeedOptions([`--identities=${wrong}`]), wrong).toThrow(WrongSeedOptions)
  }
})

test('an unknown argument is refused', () => {
  expect(() => readSeedOptions(['--tokens', '5'])).toThrow(WrongSeedOptions)
})
