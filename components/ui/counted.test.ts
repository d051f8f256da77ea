import { expect, test } from 'vitest'
import { counted } from './counted'

test('a number has its noun in the right form, and its thousands apart', () => {
  expect(counted(0, 'trust')).toBe('0 trusts')
  expect(counted(1, 'trust')).toBe('1 trust')
  expect(counted(2000, 'trust')).toBe('2,000 trusts')
  expect(counted(1, 'address', 'addresses')).toBe('1 address')
  expect(counted(2, 'entry', 'entries')).toBe('2 entries')
})
