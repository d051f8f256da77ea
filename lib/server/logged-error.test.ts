import { decodeJwt, errors, jwtVerify, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { loggedError, withoutTokens } from './logged-error'

const text = (error: unknown) => JSON.stringify(loggedError(error))
const key = new TextEncoder().encode('a key of this test, 32 bytes long')
const token = await new SignJWT({ sub: 'a subject to be kept to ourselves' })
  .setProtectedHeader({ alg: 'HS256' })
  .setExpirationTime(1)
  .sign(key)

test('an error is shown with its name, message, code and place, and so is what caused it', () => {
  const cause = Object.assign(new TypeError('refused'), { code: 'ECONNREFUSED' })
  expect(loggedError(new Error('no keys', { cause }))).toMatchObject({
    ...{ type: 'Error', message: 'no keys', stack: expect.stringContaining('logged-error.test.ts') },
    cause: { type: 'TypeError', message: 'refused', code: 'ECONNREFUSED' },
  })
})

test('what libraries attach to an error is not shown: claims, rows, queries', async () => {
  const refused = await jwtVerify(token, key).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(errors.JWTExpired)
  expect(JSON.stringify(refused)).toContain(decodeJwt(token).sub)
  expect(text(refused)).not.toContain(decodeJwt(token).sub)
  const ofDatabase = Object.assign(new Error('null value in column "id"'), {
    ...{ code: '23502', detail: 'Failing row contains (hunter2).', where: 'hunter2', query: 'hunter2' },
  })
  expect(text(new Error('failed', { cause: ofDatabase }))).toMatch(/23502/)
  expect(text(new Error('failed', { cause: ofDatabase }))).not.toContain('hunter2')
})

test.each([
  ['a token', token],
  ['a token without its signature', token.slice(0, token.lastIndexOf('.') + 1)],
  ['an encrypted token', 'eyJhbGciOiJkaXIifQ..aXY.dGV4dA.dGFn'],
])('%s in a message or a stack is not shown', (_, token) => {
  const shown = text(new Error(`Unexpected ${token} at position 7`))
  expect(shown).not.toContain(token.slice(5, 30))
  expect(shown).toContain('Unexpected [token] at position 7')
})

test('a chain that is a ring, and what is no error, end', () => {
  const ring = new Error('ring')
  ring.cause = ring
  expect(text(ring).length).toBeLessThan(20_000)
  expect([loggedError({ password: 'hunter2' }), loggedError(undefined)]).toEqual(['object', 'undefined'])
})

test('other texts stay as they are', () => {
  expect(withoutTokens('eyJ is how JSON begins, see a.b.c and 10.0.0.1')).toBe(
    'eyJ is how JSON begins, see a.b.c and 10.0.0.1',
  )
})
