import * as betterAuth from 'better-auth/crypto'
import { expect, test } from 'vitest'
import { hashPassword, verifyPassword } from './hash-password'

test('hashes are better-auth’s, in both directions', async () => {
  const password = 'correct horse batterÿ'
  expect(await betterAuth.verifyPassword({ hash: await hashPassword(password), password })).toBe(true)
  expect(await verifyPassword({ hash: await betterAuth.hashPassword(password), password })).toBe(true)
  // Composed and decomposed are one password.
  expect(await verifyPassword({ hash: await hashPassword(password), password: password.normalize('NFD') })).toBe(true)
})

test('another password, and what is no hash, does not fit', async () => {
  const hash = await hashPassword('correct horse battery')
  expect(await verifyPassword({ hash, password: 'correct horse batterz' })).toBe(false)
  for (const broken of ['', ':', 'aa:', ':aa', hash.slice(0, -2)]) {
    expect(await verifyPassword({ hash: broken, password: 'correct horse battery' }), broken).toBe(false)
  }
})
