import { describe, expect, test } from 'vitest'
import { cutText, shortenText } from './cut-text'

describe('a text is cut between characters, never inside one', () => {
  test.each([
    ['abcdef', 3, 'abc'],
    ['ab', 3, 'ab'],
    ['', 3, ''],
    // U+1F511 takes two UTF-16 units.
    ['ab🔑', 3, 'ab'],
    ['ab🔑', 4, 'ab🔑'],
    ['🔑🔑🔑', 3, '🔑'],
    ['🔑', 1, ''],
  ])('%j to %i', (text, max, expected) => {
    expect(cutText(text, max)).toBe(expected)
    expect(cutText(text, max)).not.toMatch(/\p{Cs}/u)
  })

  test('half a pair that was there before is no reason to cut more', () => {
    expect(cutText('a\ud83db', 2)).toBe('a\ud83d')
  })

  test('a cut text is marked', () => {
    expect([shortenText('abcd', 3), shortenText('abc', 3)]).toEqual(['abc…', 'abc'])
  })
})
