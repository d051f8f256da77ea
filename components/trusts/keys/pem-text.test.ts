import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { takePem, takePemFile } from './pem-text'

const pair = () =>
  generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })

const bytes = (text: string) => new TextEncoder().encode(text)

test('a private key is refused whole, also beside a public one, and no message repeats it', () => {
  const { publicKey, privateKey } = pair()
  for (const text of [privateKey, publicKey + privateKey, privateKey.slice(0, 60)]) {
    const taken = takePem(text)
    expect(taken).toMatchObject({ ok: false, isPrivate: true })
    expect(JSON.stringify(taken)).not.toContain(privateKey.split('\n')[1]!.slice(0, 16))
  }
  expect(takePemFile('key.pem', bytes(privateKey))).toMatchObject({ ok: false, isPrivate: true })
})

test('a file with several keys becomes several boxes', () => {
  const keys = [pair().publicKey, pair().publicKey]
  expect(takePemFile('keys.pem', bytes(keys.join('\n# next\n')))).toEqual({
    ok: true,
    pems: keys.map((key) => key.trim()),
  })
})

test('a file in DER, or in UTF-16 as PowerShell writes it, is the same key as its PEM', () => {
  const { publicKey } = pair()
  const der = createPublicKey(publicKey).export({ type: 'spki', format: 'der' })
  const taken = { ok: true, pems: [publicKey.trim()] }
  expect(takePemFile('key.der', Uint8Array.from(der))).toEqual(taken)
  expect(takePemFile('key.pem', Uint8Array.from(Buffer.from(`\ufeff${publicKey}`, 'utf16le')))).toEqual(taken)
})

test('base64 around a PEM is taken off, and several JSON Web Keys come apart', () => {
  const { publicKey } = pair()
  expect(takePem(Buffer.from(publicKey).toString('base64'))).toEqual({ ok: true, pems: [publicKey.trim()] })
  const jwk = createPublicKey(publicKey).export({ format: 'jwk' })
  expect(takePem(JSON.stringify({ keys: [jwk, jwk] }))).toEqual({
    ok: true,
    pems: [JSON.stringify(jwk), JSON.stringify(jwk)],
  })
})

test('one block, and text that is no PEM yet, stay as they were typed', () => {
  const { publicKey } = pair()
  expect(takePem(`above\n${publicKey}`)).toEqual({ ok: true, pems: [`above\n${publicKey}`] })
  expect(takePem('-----BEG')).toEqual({ ok: true, pems: ['-----BEG'] })
})

test('a file that is no PEM, or far too large, is refused by name', () => {
  expect(takePemFile('cert.der', Uint8Array.from([0x30, 0x82, 1]))).toMatchObject({
    ok: false,
    message: expect.stringMatching(/cert\.der/),
  })
  expect(takePemFile('big.pem', bytes('x'.repeat(70_000)))).toMatchObject({ ok: false, isPrivate: false })
})
