import { expect, test } from 'vitest'
import { nameOf } from './link-person'

test('a person is not called by what cannot be seen: the next thing the token calls them counts', () => {
  const hidden = 'Ada\u202egro.elpmaxe'
  expect(nameOf({ name: hidden, nickname: 'ada' }, 'sub-1')).toBe('ada')
  expect(nameOf({ name: 'A\u200bda', email: 'ada@example.com' }, 'sub-1')).toBe('ada@example.com')
  expect(nameOf({ given_name: 'Ada', family_name: 'Love\u00adlace' }, 'sub-1')).toBe('sub-1')
  expect(nameOf({ name: hidden }, 'su\u2028b')).toBe('Somebody')
  // Joiners that a script or an emoji needs are seen.
  expect(nameOf({ name: 'علی‌رضا 👩‍💻' }, 'sub-1')).toBe('علی‌رضا 👩‍💻')
})
