import { describe, expect, test } from 'vitest'
import { TrustInput } from '@/lib/apis/admin/trusts/wire'
import { Name } from '../model/identity'
import { MemberInput } from '../model/person'
import { IssuerName, ProjectLabel } from './kinds/issuer'
import { visibleText } from './unseen'

const hidden = [
  '\u202e',
  '\u200b',
  '\u200d',
  '\u2066',
  '\u00ad',
  '\ufeff',
  '\u2028',
  '\u3164',
  '\u0007',
  '\u{e0041}',
  '\u061c',
  // The ninth mark on one letter.
  '\u0300'.repeat(9),
  // Variation selectors, and what Unicode keeps for more of their kind.
  '\ufe00',
  '\ufe0f',
  '\u{e0100}',
  '\u180b',
  '\u2065',
  '\ufff0',
  '\u{e0000}',
]

describe('a character that is not seen is refused in every name', () => {
  test.each(hidden.map((one) => [`U+${one.codePointAt(0)?.toString(16)}, ${one.length}`, one]))(
    '%s',
    (_, character) => {
      const name = `ad${character}min`
      const member = { email: 'a@example.com', name, password: 'correct horse battery', role: 'auditor' }
      const parsed = [Name, ProjectLabel, IssuerName].map((schema) => schema.safeParse(name).success)
      expect(parsed).toEqual([false, false, false])
      expect(MemberInput.safeParse(member).success).toBe(false)
      expect(TrustInput.shape.name.safeParse(name).success).toBe(false)
    },
  )
  test('names of people in any script, and emoji, are names', () => {
    const names = ['علی‌رضا', 'Zoë O’Brien', '山田 太郎', 'क्‍ष', '👩‍💻 team', 'build (linux/amd64)']
    const selected = [
      '❤\ufe0f team',
      '1\ufe0f\u20e3',
      '\u845b\u{e0100}城',
      '\u1820\u180b\u1837',
      'Việt'.normalize('NFD'),
      'שָׁ֥לוֹם',
    ]
    for (const name of [...names, ...selected]) {
      expect([name, Name.safeParse(name).success]).toEqual([name, true])
      expect(visibleText(name)).toBe(name)
    }
  })
})

test('invisible characters are shown as their code points, and line ends stay', () => {
  expect(visibleText('a\u202eb\u200bc\n\u0000')).toBe('a\\u{202e}b\\u{200b}c\n\\u{0000}')
  expect(visibleText('plain 🙂 text')).toBe('plain 🙂 text')
  expect(visibleText('a\ufe0f1\u{e0100}')).toBe('a\\u{fe0f}1\\u{e0100}')
  expect(visibleText(`a${'\u0300'.repeat(9)}b`)).toBe(`a${'\u0300'.repeat(8)}\\u{0300}b`)
  expect(visibleText(null)).toBeUndefined()
})
