import fc from 'fast-check'
import { expect, test } from 'vitest'
import { middleText } from './middle-text'

test('an id keeps its two ends', () => {
  expect(middleText('8f14e45f-ceea-467f-a0e6-b1d2c3d4e5f6', 8, 4)).toBe('8f14e45f…e5f6')
})

test('a text that would not become shorter stays whole', () => {
  expect(middleText('abcdef', 3, 2)).toBe('abcdef')
  expect(middleText('abcdefg', 3, 3)).toBe('abcdefg')
})

test('the result is never longer, and a character is never cut in half', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(12), fc.nat(12), (text, head, tail) => {
      const short = middleText(text, head, tail)
      expect([...short].length).toBeLessThanOrEqual([...text].length)
      // encodeURIComponent throws on half a surrogate pair.
      expect(() => encodeURIComponent(short)).not.toThrow()
    }),
  )
})
