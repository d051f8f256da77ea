import fc from 'fast-check'
import { expect, test } from 'vitest'
import { durationSecondsLimit, formatDuration, parseDuration } from './duration'

test.each([
  ['15m', 900],
  ['24h', 86_400],
  ['30d', 2_592_000],
  ['900', 900],
  ['90s', 90],
  ['0', 0],
  ['1h30m', 5400],
  ['1d 2h 3m 4s', 93_784],
  [' 15 M ', 900],
  ['3650d', durationSecondsLimit],
])('"%s" is %i seconds', (text, seconds) => {
  expect(parseDuration(text)).toEqual({ seconds })
})

test.each([
  '',
  '  ',
  'm',
  '15x',
  '-5m',
  '+5m',
  '1.5h',
  '1e3',
  '0x10',
  '15m1h',
  '1m1m',
  '٣m',
  '15m,',
  'NaN',
  'P1D',
  'forever',
])('"%s" is refused with a sentence that says what to type', (text) => {
  expect(parseDuration(text)).toEqual({ problem: expect.stringContaining('15m, 24h or 30d') })
})

test.each(['3651d', '315360001', '9'.repeat(30), `${'9'.repeat(30)}d`])('"%s" is too long and says so', (text) => {
  expect(parseDuration(text)).toEqual({ problem: expect.stringContaining('ten years') })
})

test('hostile length is refused before it is counted', () => {
  expect(parseDuration('9'.repeat(1_000_000))).toEqual({ problem: expect.stringContaining('too long') })
})

test.each([
  [900, '15m'],
  [86_400, '24h'],
  [172_800, '2d'],
  [2_592_000, '30d'],
  [5400, '90m'],
  [61, '61s'],
  [0, '0'],
])('%i seconds are written "%s"', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text)
})

test('a written duration reads back as the same seconds', () => {
  fc.assert(
    fc.property(fc.nat(durationSecondsLimit), (seconds) => {
      expect(parseDuration(formatDuration(seconds))).toEqual({ seconds })
    }),
  )
})

test('nothing typed makes it throw or answer anything but whole seconds in range', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const read = parseDuration(text)
      if ('seconds' in read) {
        expect(Number.isInteger(read.seconds)).toBe(true)
        expect(read.seconds).toBeLessThanOrEqual(durationSecondsLimit)
      } else expect(read.problem).toMatch(/\.$/)
    }),
  )
})
