import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { takePem, takePemFile } from './pem-text'

const pair = () =>
  generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })

test('a private key is refused whole, also beside a public one, and no message repeats it', () => {
  const { publicKey, privateKey } = pair()
  for (const text of [privateKey, publicKey + privateKey, privateKey.slice(0, 60)]) {
    const taken = takePem(text)
    expect(taken).toMatchObject({ ok: false, isPrivate: true })
    expect(JSON.stringify(taken)).not.toContain(privateKey.split('\n')[1]!.slice(0, 16))
  }
  expect(takePemFile('key.pem', privateKey)).toMatchObject({ ok: false, isPrivate: true })
})

test('a file with several keys becomes several boxes', () => {
  const keys = [pair().publicKey, pair().publicKey]
  expect(takePemFile('keys.pem', keys.join('\n# next\n'))).toEqual({ ok: true, pems: keys.map((key) => key.trim()) })
})

test('one block, and text that is no PEM yet, stay as they were typed', () => {
  const { publicKey } = pair()
  expect(takePem(`above\n${publicKey}`)).toEqual({ ok: true, pems: [`above\n${publicKey}`] })
  expect(takePem('-----BEG')).toEqual({ ok: true, pems: ['-----BEG'] })
})

test('a file that is no PEM, or far too large, is refused by name', () => {
  expect(takePemFile('cert.der', '0\u0082\u0001')).toMatchObject({
    ok: false,
    message: expect.stringMatching(/cert\.der/),
  })
  expect(takePemFile('big.pem', 'x'.repeat(70_000))).toMatchObject({ ok: false, isPrivate: false })
})
