import fc from 'fast-check'
import { expect, test } from 'vitest'
import { detectPaste } from './detect-paste'

// RFC 7519 §3.1
const token =
  'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'

test.each([
  token,
  ` ${token}\n`,
  `Bearer ${token}`,
  `Authorization: Bearer ${token}`,
  `"${token}"`,
  token.replace('.', '.\n'),
])('a token is found in %j', (text) => {
  expect(detectPaste(text)).toEqual({ kind: 'token', token })
})

test('an unsecured token and one with five segments go to the tester too: it says what is wrong', () => {
  expect(detectPaste('eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UifQ.')?.kind).toBe('token')
  expect(detectPaste('eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d')?.kind).toBe('token')
})

test.each([
  token.slice(5),
  `curl -H "Authorization: Bearer ${token}" https://api.example`,
  `${'x '.repeat(40_000)}${token}`,
])('text with a token in it, whole or cut, is taken whole and never searched for: %#', (text) => {
  expect(detectPaste(text)).toEqual({ kind: 'token', token: text })
})

test('a request id leads to its decision', () => {
  expect(detectPaste(' req-01hzy3k9ab ')).toEqual({ kind: 'decision', reqId: 'req-01hzy3k9ab' })
})

test.each([
  '',
  'payments',
  'eyJ',
  'a.b.c',
  'www.example.com',
  'req-',
  'req-a/../b',
  'eyJh.b.c.d.e.f',
  'x'.repeat(70_000),
])('ordinary text is left to be searched: %#', (text) => {
  expect(detectPaste(text)).toBeNull()
})

test('no text is misread as something with a slash, a space or a query in it', () => {
  fc.assert(
    fc.property(fc.string(), (tail) => {
      const found = detectPaste(`req-abcd${tail}`)
      if (found?.kind === 'decision') expect(found.reqId).toMatch(/^[\w-]+$/)
    }),
  )
})
