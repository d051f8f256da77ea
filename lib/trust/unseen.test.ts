import { describe, expect, test } from 'vitest'
import { TrustInput } from '@/lib/apis/admin/trusts/wire'
import { Name } from './identity'
import { IssuerName, ProjectLabel } from './issuer-options'
import { MemberInput } from './person'
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
]

describe('a character that is not seen is refused in every name', () => {
  test.each(hidden.map((one) => [`U+${one.codePointAt(0)?.toString(16)}`, one]))('%s', (_, character) => {
    const name = `ad${character}min`
    const member = { email: 'a@example.com', name, password: 'correct horse battery', role: 'auditor' }
    const parsed = [Name, ProjectLabel, IssuerName].map((schema) => schema.safeParse(name).success)
    expect(parsed).toEqual([false, false, false])
    expect(MemberInput.safeParse(member).success).toBe(false)
    expect(TrustInput.shape.name.safeParse(name).success).toBe(false)
  })
  test('names of people in any script, and emoji, are names', () => {
    for (const name of ['علی‌رضا', 'Zoë O’Brien', '山田 太郎', 'क्‍ष', '👩‍💻 team', 'build (linux/amd64)'])
      expect([name, Name.safeParse(name).success]).toEqual([name, true])
  })
})

test('what is not seen is shown as its code point, and line ends stay', () => {
  expect(visibleText('a\u202eb\u200bc\n\u0000')).toBe('a\\u{202e}b\\u{200b}c\n\\u{0000}')
  expect(visibleText('plain 🙂 text')).toBe('plain 🙂 text')
})
