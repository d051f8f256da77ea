import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { propertyRuns } from '@/e2e/fixtures/property-runs'
import { claimMatches } from '../matchers'
import type { Matcher } from '../policy'
import { languageOf, machinesOf } from './language'
import { newQuestion } from './question'
import { findText, hasText } from './search'

const glob = (...values: string[]): Matcher => ({ kind: 'glob-any', values })
const equals = (...values: string[]): Matcher => ({ kind: 'equals-any', values })
const subset = (...values: string[]): Matcher => ({ kind: 'subset-of', values })
const exists: Matcher = { kind: 'exists' }
const bits = (mask: string): Matcher => ({ kind: 'within-bitmask', mask })

/** Pieces that the dialect reads in special ways, and halves of surrogate pairs. */
const pieces = `a b c / : * * ** ? [a-c] [^a] [ab] [!a] [c-a] {a,b} {a,} { } , ! !! \\ [ ] - ( ) | + @ . /** **/ {a,{b,c}} \\* !(a) é A`
const hidden = ['\n', '\u2028', '\u{1F600}', '\ud83d', '\ude00', ' ']
const pattern = fc
  .array(fc.constantFrom(...pieces.split(' '), ...hidden), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(''))
const text = fc
  .array(fc.constantFrom(...'abcx/:*?[]{},!\\-A', ...hidden), { maxLength: 7 })
  .map((parts) => parts.join(''))
const matcher = fc
  .tuple(fc.constantFrom(glob, glob, equals, subset), fc.array(pattern, { minLength: 1, maxLength: 4 }))
  .map(([make, values]) => make(...values))

const valuesOf = (one: Matcher) => ('values' in one ? one.values : [])

function has(one: Matcher, claim: string): boolean {
  const language = languageOf(one)
  const work = newQuestion(10_000_000)
  const isIn = machinesOf(language!).every((machine) => hasText(machine, claim, work))
  const isOut = [language!.some, ...language!.every].some((part) => part && hasText(part.others, claim, work))
  expect(work.isSpent).toBe(false)
  expect(isOut, 'the complement disagrees').toBe(!isIn)
  return isIn
}

describe('the language of a matcher', () => {
  test('has the texts that the matcher accepts, and no other', () => {
    fc.assert(
      fc.property(matcher, fc.array(text, { maxLength: 3 }), (one, texts) => {
        const near = valuesOf(one).flatMap((value) => [value, value.replace(/[*?]/g, 'a'), value.replace(/^!/, '')])
        for (const claim of ['', ...texts, ...near]) {
          expect(has(one, claim), JSON.stringify([one, claim])).toBe(claimMatches(one, claim))
        }
      }),
      { numRuns: propertyRuns(500) },
    )
  })

  test.each([
    ['* crosses a slash', glob('a*b'), 'a/x/b', true],
    ['? does not', glob('a?b'), 'a/b', false],
    ['an empty text matches no pattern', glob('*'), '', false],
    ['an empty text passes no denial', glob('!a'), '', false],
    ['an empty text can be a value', equals(''), '', true],
    ['any text is something', exists, 'a\n/b', true],
    ['an empty text says nothing', exists, '', false],
    ['a pattern matches its own text', glob('[ab]'), '[ab]', true],
    ['an extended glob matches its own text', glob('@(a|b)'), '@(a|b)', true],
    ['an extended glob matches nothing else', glob('@(a|b)'), 'a', false],
    ['a pattern over the limit of length matches nothing', glob(`${'a'.repeat(1024)}*`), 'a'.repeat(1025), false],
    ['a denial passes its own text', glob('!*'), '!*', true],
    ['a denial of everything passes nothing else', glob('!*'), 'a', false],
    ['a denial that cannot be read passes nothing', glob('!@(a)'), 'b', false],
    ['a denial holds beside a value that matches', glob('*', '!a'), 'a', false],
    ['two denials hold both', glob('!a', '!b'), 'b', false],
    ['a half of a surrogate pair is a character', glob('\ud83d*'), '\ud83dx', true],
    ['a pair is one character, not its half', glob('\ud83d*'), '\u{1F600}', false],
    ['a mask has the numbers within it', bits('5'), '4', true],
    ['a mask has no number beyond it', bits('5'), '2', false],
    ['a mask takes no leading zero', bits('5'), '04', false],
  ])('%s', (_, one, claim, expected) => {
    expect(claimMatches(one, claim)).toBe(expected)
    expect(has(one, claim)).toBe(expected)
  })

  test('is not built for a mask of many bits', () => {
    expect(languageOf(bits('18446744073709551615'))).toBeNull()
  })
})

describe('findText', () => {
  /** Every text of up to four of these characters. */
  const short = ['']
  for (let from = 0, length = 0; length < 4; length++) {
    const end = short.length
    for (; from < end; from++) short.push(...Array.from('ab/:*', (character) => short[from] + character))
  }

  test('finds a text that both matchers accept; when it finds none, there is no short one', () => {
    fc.assert(
      fc.property(matcher, matcher, (one, other) => {
        const work = newQuestion(1_000_000)
        const found = findText(
          [one, other].flatMap((each) => machinesOf(languageOf(each)!)),
          work,
        )
        if (found !== null) {
          expect([claimMatches(one, found), claimMatches(other, found)]).toEqual([true, true])
          return
        }
        expect(work.isSpent).toBe(false)
        const common = short.filter((claim) => claimMatches(one, claim) && claimMatches(other, claim))
        expect(common, JSON.stringify([one, other])).toEqual([])
      }),
      { numRuns: propertyRuns(400) },
    )
  })

  test('finds a text that one matcher accepts and another refuses; when it finds none, there is no short one', () => {
    fc.assert(
      fc.property(matcher, fc.array(pattern, { minLength: 1, maxLength: 3 }), (one, values) => {
        const other = languageOf(equals('unused', ...values))!
        const patterns = languageOf(glob(...values.map((value) => value.replace(/^!+/, '') || 'a')))!
        for (const [refusing, is] of [
          [other, equals('unused', ...values)],
          [patterns, glob(...values.map((value) => value.replace(/^!+/, '') || 'a'))],
        ] as const) {
          const work = newQuestion(1_000_000)
          const found = findText([...machinesOf(languageOf(one)!), refusing.some!.others], work)
          if (found !== null) expect([claimMatches(one, found), claimMatches(is, found)]).toEqual([true, false])
          else if (!work.isSpent) {
            expect(short.filter((claim) => claimMatches(one, claim) && !claimMatches(is, claim))).toEqual([])
          }
        }
      }),
      { numRuns: propertyRuns(300) },
    )
  })

  test('two halves of a pair never meet in a text that is found', () => {
    const work = newQuestion()
    expect(findText(machinesOf(languageOf(glob('[\ud83d][\ude00]'))!), work)).toBe('[\ud83d][\ude00]')
  })
})

describe('what would cost too much is not known', () => {
  const many = (make: (index: number) => string) => Array.from({ length: 1000 }, (_, index) => make(index))
  const noise = (index: number) =>
    Array.from({ length: 1000 }, (_, at) => String.fromCharCode(97 + ((index * 7 + at * at * 13 + at) % 26))).join('')

  test.each([
    ['stars', ['*a'.repeat(500)], ['*b'.repeat(500)]],
    ['braces', ['{a,b}'.repeat(200)], ['{b,c}'.repeat(199)]],
    ['empty branches', ['{,a}'.repeat(250)], [`${'{,a}'.repeat(250)}b`]],
    ['nested braces', ['{a,'.repeat(300) + 'b'.repeat(50) + '}'.repeat(300)], ['*c*']],
    ['question marks behind a star', [`*a${'?'.repeat(30)}x`], [`*b${'?'.repeat(30)}y`]],
    ['a thousand long values', many((index) => `${noise(index)}${index}`), ['*']],
    ['a thousand long patterns', many((index) => `${noise(index)}${index}*`), many((index) => `*${noise(index)}`)],
    ['a thousand denials', many((index) => `!*${index}*${noise(index)}*`), ['*']],
  ])('%s', (_, one, other) => {
    const work = newQuestion()
    const languages = [languageOf(glob(...one)), languageOf(glob(...other))]
    const machines = languages.flatMap((language) => (language ? machinesOf(language) : []))
    if (!languages.includes(null)) findText(machines, work)
    expect(work.steps).toBeLessThan(2 * work.stepsMax)
  })

  test('a complement of exponentially many states', () => {
    const work = newQuestion()
    const [one, other] = [languageOf(glob(`*a${'?'.repeat(40)}`))!, languageOf(glob(`*a${'?'.repeat(40)}`, 'b'))!]
    expect(findText([one.some!.texts, other.some!.others], work)).toBeNull()
    expect(work.isSpent).toBe(true)
  })
})
