import { expect, test } from 'vitest'
import { parsePem } from '@/lib/trust/keys/pem'
import { isTestPem, markTestPem } from './test-key'

test('a marked test key is known as one, and is still a readable key', async () => {
  const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign'])
  const spki = Buffer.from(await crypto.subtle.exportKey('spki', publicKey)).toString('base64')
  const pem = `-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----`
  expect(isTestPem(pem)).toBe(false)
  expect(isTestPem(markTestPem(pem))).toBe(true)
  expect(await parsePem(markTestPem(pem))).toMatchObject({ ok: true, key: { label: 'EC P-256' } })
})
