import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  countBits,
  formatMask,
  hasBit,
  maskBits,
  maskOfValue,
  maskValueOf,
  notationOf,
  parseMask,
  withBit,
} from './mask'

const uint64 = fc.bigInt(0n, 2n ** 64n - 1n)
const bit = fc.integer({ min: 0, max: 63 })
/** Where rounding, signs and carries hide; the texts are those of Go's strconv.FormatUint. */
const boundaries: [bigint, string, string][] = [
  [0n, '0', '0x0'],
  [1n, '1', '0x1'],
  [2n ** 31n, '2147483648', '0x80000000'],
  [2n ** 53n - 1n, '9007199254740991', '0x1fffffffffffff'],
  [2n ** 53n + 1n, '9007199254740993', '0x20000000000001'],
  [2n ** 63n - 1n, '9223372036854775807', '0x7fffffffffffffff'],
  [2n ** 63n, '9223372036854775808', '0x8000000000000000'],
  [2n ** 64n - 1n, '18446744073709551615', '0xffffffffffffffff'],
]

describe('a mask is read exactly', () => {
  test.each(boundaries)('%s', (mask, decimal, hex) => {
    expect(parseMask(decimal)).toEqual({ mask })
    expect(parseMask(hex)).toEqual({ mask })
    expect(formatMask(mask, 'decimal')).toBe(decimal)
    expect(formatMask(mask, 'hex')).toBe(hex)
  })

  test('every number is read back as written, over the whole range and in both notations', () => {
    fc.assert(
      fc.property(uint64, fc.constantFrom('decimal' as const, 'hex' as const), (mask, notation) => {
        const text = formatMask(mask, notation)
        expect(parseMask(text)).toEqual({ mask })
        expect(notationOf(text)).toBe(notation)
        expect(maskOfValue(maskValueOf(text))).toBe(mask)
        expect(maskValueOf(text)).toBe(mask.toString())
      }),
    )
  })

  test('capitals, leading zeros and blanks around it do not count', () => {
    expect(parseMask(' 0XFF ')).toEqual({ mask: 255n })
    expect(parseMask('0x00ff')).toEqual({ mask: 255n })
    // Never octal.
    expect(parseMask('010')).toEqual({ mask: 10n })
    expect(maskValueOf(' 007\n')).toBe('7')
  })

  test('empty text is 0, and stays empty in the form', () => {
    expect(parseMask('')).toEqual({ mask: 0n })
    expect(parseMask('  ')).toEqual({ mask: 0n })
    expect(maskValueOf('  ')).toBe('')
    expect(maskOfValue('')).toBe(0n)
    expect(maskValueOf('0x0')).toBe('0')
  })
})

describe('an invalid mask has a message, and reaches the form as typed', () => {
  test.each([
    '-1',
    '+1',
    '1e3',
    '1.5',
    '1_000',
    '1,000',
    '0x',
    '0xg',
    'ff',
    '0b11',
    '0o7',
    'x',
    '１',
    '1 2',
    '0x-1',
    'Infinity',
    'NaN',
    'true',
  ])('%s', (text) => {
    expect(parseMask(text)).toEqual({ problem: expect.stringContaining('whole number') })
    expect(maskValueOf(text)).toBe(text)
    expect(maskOfValue(maskValueOf(text))).toBeNull()
  })

  test.each(['18446744073709551616', '0x10000000000000000', '99999999999999999999', `1${'0'.repeat(150)}`])(
    '%s is too large',
    (text) => {
      expect(parseMask(text)).toEqual({ problem: expect.stringContaining('18446744073709551615') })
      expect(maskOfValue(maskValueOf(text))).toBeNull()
    },
  )

  test('a million digits are refused without computing', () => {
    expect(parseMask('9'.repeat(1_000_000))).toEqual({ problem: expect.any(String) })
  })

  test('no text makes it throw, and the form holds a mask or the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const value = maskValueOf(text)
        expect('mask' in parseMask(text) ? maskOfValue(value) : value).toEqual(
          'mask' in parseMask(text) ? (parseMask(text) as { mask: bigint }).mask : text,
        )
      }),
    )
  })
})

describe('switches and number agree', () => {
  test('the bits of a number are those of its binary digits, bit 0 the last of them', () => {
    fc.assert(
      fc.property(uint64, (mask) => {
        const digits = mask.toString(2).padStart(maskBits, '0')
        const bits = Array.from({ length: maskBits }, (_, at) => hasBit(mask, at))
        expect(
          bits
            .map((isOn) => (isOn ? '1' : '0'))
            .reverse()
            .join(''),
        ).toBe(digits)
        expect(countBits(mask)).toBe([...digits].filter((digit) => digit === '1').length)
      }),
    )
  })

  test('a switch sets its bit and no other', () => {
    fc.assert(
      fc.property(uint64, bit, fc.boolean(), (mask, at, isOn) => {
        const after = withBit(mask, at, isOn)
        for (let other = 0; other < maskBits; other++) {
          expect(hasBit(after, other)).toBe(other === at ? isOn : hasBit(mask, other))
        }
        expect(maskOfValue(after.toString())).toBe(after)
      }),
    )
  })

  test('any number is reached by switches from nothing', () => {
    fc.assert(
      fc.property(uint64, (mask) => {
        let built = 0n
        for (let at = 0; at < maskBits; at++) built = withBit(built, at, hasBit(mask, at))
        expect(built).toBe(mask)
      }),
    )
  })
})
