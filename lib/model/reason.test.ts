import { expect, test } from 'vitest'
import { Reason } from './reason'

test.each([
  ['zero-width spaces', '\u200b'.repeat(12)],
  ['a letter among characters that are not seen', `a${'\u2060'.repeat(12)}`],
  ['fillers', '\u3164'.repeat(12)],
  ['blanks between letters', `a${' '.repeat(12)}b`],
  ['lines', `a${'\n'.repeat(12)}b`],
  ['too few', 'because'],
])('%s say no reason', (_, text) => {
  expect(Reason.safeParse(text).error?.issues.map(({ message }) => message)).toEqual([
    'Say why in at least 10 characters.',
  ])
})

test.each(['Needed until June.', 'נדרש עד יוני 2027', '六月までは古いジョブが必要です', 'Line one.\nLine two.'])(
  '%s',
  (text) => {
    expect(Reason.parse(` ${text} `)).toBe(text)
  },
)
