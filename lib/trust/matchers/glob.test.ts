import fc from 'fast-check'
import picomatch from 'picomatch'
import { describe, expect, test } from 'vitest'
import { propertyRuns } from '@/e2e/fixtures/property-runs'
import { globMatches, isPattern, isReadablePattern, newWork, opensEverything } from './glob'

// Parity is asked where the dialects mean to agree: no dots at the start of a segment, no brackets that are also
// offered as text, no slash forgiven after a final bracket, no parentheses, quotes or pipes; see the docstring of globMatches.
const letter = fc.constantFrom('a', 'b', 'c', ':', '-', '/')
const text = fc.array(letter, { minLength: 1, maxLength: 8 }).map((letters) => letters.join(''))
const atom = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'c', ':', '/') },
  { weight: 3, arbitrary: fc.constantFrom('*', '?', '[a-b]', '[!a-b]', '[^a-c]', '[^b]') },
  { weight: 1, arbitrary: fc.constantFrom('{a,b}', '{a*,c}', '{ab,b,c}', '{a,{b,c}}') },
)
const pattern = fc
  .tuple(fc.constantFrom('', '', '', '!'), fc.array(atom, { minLength: 1, maxLength: 6 }))
  .map(([negation, atoms]) => negation + atoms.join(''))
  // Runs of stars are covered one by one below.
  .filter((candidate) => !candidate.includes('**'))

test('it matches what picomatch matches in bash mode', () => {
  fc.assert(
    fc.property(pattern, text, (glob, input) => {
      fc.pre(!(glob.endsWith(']') && input.endsWith('/')))
      // picomatch has a shortcut for this one pattern whose second star may not match nothing.
      fc.pre(!(glob === '*/*' && input.endsWith('/')))
      expect([glob, input, globMatches(glob, input)]).toEqual([glob, input, picomatch(glob, { bash: true })(input)])
    }),
    { numRuns: propertyRuns(20_000) },
  )
})

describe('known patterns, as picomatch judges them too', () => {
  test.each([
    ['repo:acme/*', 'repo:acme/app:ref:refs/heads/main', true],
    ['repo:acme/*', 'repo:acme-evil/app', false],
    ['a/**', 'a/b/c', true],
    ['a/**', 'a', true],
    ['a/**', 'ab', false],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['a/**/b', 'a/xb', false],
    ['**/b', 'b', true],
    ['**/b', 'a/b', true],
    ['**', 'anything/at:all', true],
    ['{prod,staging}-*', 'staging-eu', true],
    ['{prod,staging}-*', 'dev-eu', false],
    ['{prod}', 'prod', false],
    ['{prod}', '{prod}', true],
    ['a{b', 'a{b', true],
    ['!prod', 'dev', true],
    ['!prod', 'prod', false],
    ['!!prod', 'prod', true],
    ['v[0-9].*', 'v1.2', true],
    ['v[0-9].*', 'vx.2', false],
    ['a?c', 'abc', true],
    ['a?c', 'a/c', false],
    ['A*', 'abc', false],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
  ])('%s and %s: %s', (glob, input, matches) => {
    expect(globMatches(glob, input)).toBe(matches)
    expect(picomatch(glob, { bash: true })(input)).toBe(matches)
  })
})

describe('where it differs on purpose', () => {
  test('a dot is a plain character: claims are no file names', () => {
    expect(globMatches('repo:acme/*', 'repo:acme/.github')).toBe(true)
    expect(picomatch('acme/*', { bash: true })('acme/.github')).toBe(false)
    expect(globMatches('./a*', 'ab')).toBe(false)
  })
  test.each(['@(a|b)', '+(a)', '!(a)', 'x?(a)', '*(a)', 'a/!(b)'])('the extended glob %s matches nothing', (glob) => {
    expect(isReadablePattern(glob)).toBe(false)
    for (const input of ['a', 'b', 'x', 'xa', 'a/c', 'anything']) expect(globMatches(glob, input)).toBe(false)
  })
  test('parentheses, pipes, quotes and ranges are plain text', () => {
    expect(globMatches('(a|b)*', 'a')).toBe(false)
    expect(globMatches('(a|b)*', '(a|b)c')).toBe(true)
    expect(globMatches('a|b*', 'a')).toBe(false)
    expect(globMatches('"a"*', 'ab')).toBe(false)
    expect(globMatches('{1..3}', '2')).toBe(false)
  })
  test('no slash is forgiven after a final class', () => {
    expect(globMatches('x[a-c]', 'xa/')).toBe(false)
    expect(picomatch('x[a-c]', { bash: true })('xa/')).toBe(true)
  })
  test('a character is a code point', () => expect(globMatches('a?c', 'a😀c')).toBe(true))
})

test('a value without pattern characters is compared letter for letter', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 1 }), (value, input) => {
      fc.pre(!isPattern(value))
      expect(globMatches(value, input)).toBe(value === input)
    }),
  )
  for (const value of ['a.b+c$^', 'https://x.example/y', 'a,b', 'repo (old)', '{prod}', 'a!b'])
    expect(isPattern(value)).toBe(false)
})

test('nothing matches an empty text', () => {
  for (const glob of ['*', '**', '!a', '{,a}', '?', '']) expect(globMatches(glob, '')).toBe(false)
})

test('a star does not run over a line break', () => expect(globMatches('a*b', 'a\nb')).toBe(false))

test('the work is at most pattern times text', () => {
  const cases = [
    ['*a*a*a*a*a*b', 'a'.repeat(10_000)],
    [`${'*a'.repeat(500)}b`, 'a'.repeat(2000)],
    [`${'{a,'.repeat(200)}a${'}'.repeat(200)}`, 'a'.repeat(2000)],
    [`${'{a,aa}'.repeat(150)}c`, 'a'.repeat(2000)],
    ['?'.repeat(1024), 'a'.repeat(2000)],
  ] as const
  for (const [glob, input] of cases) {
    const counter = newWork(Number.POSITIVE_INFINITY)
    expect(globMatches(glob, input, counter)).toBe(false)
    expect(counter.steps).toBeLessThan(8 * glob.length * (input.length + 1))
  }
})

test('a pattern longer than 1024 characters matches nothing', () => {
  expect(globMatches(`*${'a'.repeat(1024)}`, 'a'.repeat(1024))).toBe(false)
})

test('any pattern and text get an answer', () => {
  const soup = fc.string({
    unit: fc.constantFrom('*', '?', '[', ']', '{', '}', ',', '!', '\\', '/', 'a', '-', '(', ')', '^', '.'),
    maxLength: 30,
  })
  fc.assert(
    fc.property(
      soup,
      soup,
      (glob, input) => typeof globMatches(glob, input) === 'boolean' && typeof opensEverything(glob) === 'boolean',
    ),
    { numRuns: propertyRuns(5000) },
  )
})

test.each(['*', '**', '***', '!x', '!*', '{*,a}', '{a,**}', '*{,a}', '?*', '*?', '[^a]*'])(
  '%s opens everything',
  (glob) => {
    expect(opensEverything(glob)).toBe(true)
  },
)
test.each(['a*', '*a', 'a', '?', '!!a', '{a,b}*', '*:main', '', '@(*)', '[a-c]*'])(
  '%s does not open everything',
  (glob) => {
    expect(opensEverything(glob)).toBe(false)
  },
)

test('a pattern that would cost too much matches nothing, negated or not', () => {
  const costly = `${'{*a,'.repeat(200)}x${'}'.repeat(200)}`
  const counter = newWork(Number.POSITIVE_INFINITY)
  expect(globMatches(costly, 'b'.repeat(11_900), counter)).toBe(false)
  expect(globMatches(`!${costly}`, 'b'.repeat(11_900))).toBe(false)
  expect(counter.steps).toBeLessThan(400_000)
})
