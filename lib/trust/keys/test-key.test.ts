import { expect, test } from 'vitest'
import { parsePem } from './pem'
import { isTestPem, markTestPem, testKeyEnd } from './test-key'

test('a marked test key is known as one, and is still a readable key', async () => {
  const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
  const spki = Buffer.from(await crypto.subtle.exportKey('spki', publicKey)).toString('base64')
  const pem = `-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----`
  expect(isTestPem(pem)).toBe(false)
  expect(isTestPem(markTestPem(pem))).toBe(true)
  expect(await parsePem(markTestPem(pem))).toMatchObject({ ok: true, key: { label: 'EC P-256' } })
})

test('a test key says when it ends, in whole seconds; another text ends never', () => {
  const endsAt = Date.parse('2026-12-01T10:00:00Z') / 1000
  expect(markTestPem('PEM', endsAt + 0.7)).toContain(' Ends 2026-12-01T10:00:00Z.')
  expect(testKeyEnd(markTestPem('PEM', endsAt))).toBe(endsAt)
  for (const text of [
    '',
    markTestPem('PEM'),
    ' Ends 2026-12-01T10:00:00Z.',
    markTestPem('PEM', endsAt).replace('-12-', '-13-'),
  ])
    expect(testKeyEnd(text), text).toBeNull()
})
