import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { takePem } from '@/components/trusts/keys/pem-text'
import { parseCertificates, parsePem } from './keys/pem'
import { holdsPrivateKey } from './keys/secret-text'
import { toPem } from './unwrap-text'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const base64 = (text: string | Uint8Array) => Buffer.from(text as string).toString('base64')

const pastes: [string, string, RegExp][] = [
  [
    'an SSH public key',
    `ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7${'x'.repeat(40)} ada@host`,
    /SSH public key.*ssh-keygen/,
  ],
  ['an SSH key with options', `from="10.0.0.0/8" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB`, /SSH public key/],
  ['the body of an SSH key', `AAAAB3NzaC1yc2EAAAADAQABAAABAQC7${'x'.repeat(40)}`, /SSH public key/],
  ['SSH2', '---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----', /SSH public key/],
  ['PGP', '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQENBF\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----', /PGP/],
  ['a name at AWS', 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab', /key service \(KMS\)/],
  [
    'a name at Google',
    'projects/p/locations/global/keyRings/r/cryptoKeys/k/cryptoKeyVersions/1',
    /key service \(KMS\)/,
  ],
  ['a name at Azure', 'https://acme.vault.azure.net/keys/signing/0123', /key service \(KMS\)/],
  ['DER in hexadecimal', rsa.publicKey.export({ type: 'spki', format: 'der' }).toString('hex'), /hexadecimal.*xxd/],
  ['age', 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p', /age key/],
  ['a path', '/etc/ssl/certs/issuer.pem', /path of a file/],
  ['a relative path', './keys/public.pem', /path of a file/],
  ['a path of Windows', 'C:\\keys\\public.pem', /path of a file/],
  ['a file name', 'public_key.pem', /path of a file/],
  ['what Terraform did not evaluate', 'file("key.pem")', /path of a file.*file\("key\.pem"\)/],
  ['what curl would read', '@key.pem', /path of a file/],
  ['a URL', 'https://issuer.example/jwks', /URL/],
  ['a token', 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln', /token/],
  ['a header', 'Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln', /token/],
  ['a variable', `\${JWT_PUBLIC_KEY}`, /variable/],
  ['a template', '{{ .Values.publicKey }}', /variable|JSON/],
  ['a host', 'issuer.example.com', /name of a host/],
  ['a discovery document', '{"issuer":"https://i.example","jwks_uri":"https://i.example/jwks"}', /discovery document/],
  ['a certificate request', toPem('CERTIFICATE REQUEST', Buffer.from([0x30, 0])), /certificate request/],
  ['a list of revoked certificates', toPem('X509 CRL', Buffer.from([0x30, 0])), /revoked/],
  ['PKCS#7', toPem('PKCS7', Buffer.from([0x30, 0])), /PKCS#7.*openssl pkcs7/],
  [
    'PKCS#7 in bare base64',
    base64(Buffer.concat([Buffer.from('302e06092a864886f70d010702a021', 'hex'), Buffer.alloc(33)])),
    /PKCS#7|part of it is missing/,
  ],
  [
    'a Kubernetes secret',
    'apiVersion: v1\nkind: Secret\ndata:\n  ca.crt: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t\n',
    /Kubernetes.*base64 -d/,
  ],
  [
    'one as JSON',
    '{"apiVersion":"v1","kind":"Secret","data":{"tls.crt":"LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t"}}',
    /Kubernetes/,
  ],
  ['a kubeconfig', 'clusters:\n- cluster:\n    certificate-authority-data: LS0tLS1CRUdJTiBDRVJU\n', /kubeconfig/],
  ['the x5c of a key', '["MIIBszCCAVmgAwIBAgIU"]', /x5c/],
  ['an RSA key of .NET', '<RSAKeyValue><Modulus>x</Modulus><Exponent>AQAB</Exponent></RSAKeyValue>', /XML/],
  ['a web page', '<!DOCTYPE html><html></html>', /web page/],
  ['a fingerprint', 'SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU', /fingerprint/],
  ['a print of openssl', 'Public-Key: (2048 bit)\nModulus:\n    00:aa', /print of a key/],
  ['a bare Ed25519 key', '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=', /32 bytes/],
  ['dashes that a text program changed', '\u2013\u2013BEGIN PUBLIC KEY\u2013\u2013', /dashes/],
  ['an END line alone', 'MIIB\n-----END PUBLIC KEY-----', /beginning is missing/],
  ['blanks beside the dashes', '----- BEGIN PUBLIC KEY -----\nMIIB\n----- END PUBLIC KEY -----', /five dashes/],
  [
    'half a body',
    rsa.publicKey.export({ type: 'spki', format: 'der' }).toString('base64').slice(0, 100),
    /part of it is missing/,
  ],
]

describe('a paste is called what it is', () => {
  test.each(pastes)('%s', async (_, text, name) => {
    const reading = await parsePem(text)
    expect(reading).toMatchObject({ ok: false, message: expect.stringMatching(name) })
    if (!reading.ok) expect(reading.message).not.toMatch(/HS256/)
  })
  test.each(pastes)('%s, where a certificate is asked for', (_, text) => {
    const reading = parseCertificates(text)
    expect(reading.ok).toBe(false)
    if (!reading.ok) expect(reading.message).not.toMatch(/public key begins|HS256/)
  })
  test('only what is nothing else may be a shared secret', async () => {
    expect(await parsePem('correct horse battery')).toMatchObject({ message: expect.stringContaining('HS256') })
  })
})

describe('a private key is one whatever is around it, and no message repeats it', () => {
  const pkcs8 = rsa.privateKey.export({ type: 'pkcs8', format: 'der' })
  const pem = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const sec1 = ec.privateKey.export({ type: 'sec1', format: 'pem' }).toString()
  const encrypted = rsa.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
  test.each<[string, string]>([
    ['PEM', pem],
    ['PEM with escaped line ends', pem.replaceAll('\n', '\\n')],
    ['SEC 1', sec1],
    ['encrypted', String(encrypted)],
    ['in base64', base64(pem)],
    ['in base64 of base64', base64(base64(sec1))],
    ['DER in base64', base64(pkcs8)],
    ['PKCS#1 DER in base64', base64(rsa.privateKey.export({ type: 'pkcs1', format: 'der' }))],
    ['SEC 1 DER in base64', base64(ec.privateKey.export({ type: 'sec1', format: 'der' }))],
    ['encrypted DER in base64', String(encrypted).replace(/-----.*-----/g, '')],
    ['under the label of a public key', toPem('PUBLIC KEY', pkcs8)],
    ['under the label of a certificate', toPem('CERTIFICATE', pkcs8)],
    ['a Kubernetes secret', `apiVersion: v1\nkind: Secret\ndata:\n  tls.crt: LS0tLS1C\n  tls.key: ${base64(sec1)}\n`],
    ['a kubeconfig', `users:\n- user:\n    client-key-data: ${base64(pem)}\n`],
    ['a service account', JSON.stringify({ type: 'service_account', private_key: pem })],
    ['a JWK', JSON.stringify(rsa.privateKey.export({ format: 'jwk' }))],
    ['a JWK in base64', base64(JSON.stringify(ec.privateKey.export({ format: 'jwk' })))],
    ['PuTTY', 'PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nPrivate-Lines: 1\nAAAA'],
    ['PGP', '-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOYBF\n-----END PGP PRIVATE KEY BLOCK-----'],
    ['age', 'AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ'],
    ['an RSA key of .NET', `<RSAKeyValue><Modulus>x</Modulus><D>${'A'.repeat(40)}</D></RSAKeyValue>`],
  ])('%s', async (_, text) => {
    expect(holdsPrivateKey(text)).toBe(true)
    expect(takePem(text)).toMatchObject({ ok: false, isPrivate: true })
    expect(parseCertificates(text)).toMatchObject({ ok: false, code: 'private_key' })
    const reading = await parsePem(text)
    expect(reading).toMatchObject({ ok: false, code: 'private_key' })
    expect(JSON.stringify(reading)).not.toContain(base64(pkcs8).slice(40, 60))
  })
  test('a public key and a certificate are none', () => {
    expect(holdsPrivateKey(rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString())).toBe(false)
    expect(holdsPrivateKey(base64(rsa.publicKey.export({ type: 'spki', format: 'der' })))).toBe(false)
  })
})
