import { expect, test } from 'vitest'
import { z } from 'zod'
import { readStored, storedOrNull } from './stored-json'

const Ids = z.array(z.string())

test.each(['', '{', 'null', '7', '{"a":1}', '[1]', '"a"', `${'['.repeat(100_000)}`, null])(
  'text that is not what its column holds is unreadable, and throws nothing: %s',
  (text) => {
    expect(readStored(text, Ids)).toEqual({ readable: false })
    expect(storedOrNull(text, Ids)).toBeNull()
  },
)

test('text that is what its column holds is read', () => {
  expect(readStored('["a"]', Ids)).toEqual({ readable: true, value: ['a'] })
})
