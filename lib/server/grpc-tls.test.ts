import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { connect, createServer } from 'node:tls'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createAuthority, type TlsIdentity } from '@/e2e/peers/tls-authority'
import { followRenewals, GrpcTlsError, readTls } from './grpc-tls'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'keybound-tls-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const authority = createAuthority()
const stored = ({ cert, key }: TlsIdentity) => {
  const files = { certFile: path.join(folder, 'cert.pem'), keyFile: path.join(folder, 'key.pem') }
  writeFileSync(files.certFile, cert)
  writeFileSync(files.keyFile, key)
  return files
}

test('a certificate and its key are read', () => {
  const leaf = authority.issue()
  expect(readTls(stored(leaf))).toEqual(leaf)
})

describe('an unusable key is described in one sentence', () => {
  test.each([
    [
      'a file that is not there',
      () => ({ certFile: path.join(folder, 'none.pem'), keyFile: '' }),
      /GRPC_TLS_CERT cannot/,
    ],
    ['a key of another certificate', () => stored({ ...authority.issue(), key: authority.issue().key }), /together/],
    ['no PEM', () => stored({ cert: 'none', key: 'none' }), /together/],
  ])('%s', (_, files, message) => {
    expect(() => readTls(files())).toThrow(GrpcTlsError)
    expect(() => readTls(files())).toThrow(message)
  })
})

test('a certificate that is renewed in place is used, and one that cannot be used is not', async () => {
  const first = authority.issue({ names: ['127.0.0.1'] })
  const second = authority.issue({ names: ['127.0.0.1'] })
  const files = stored(first)
  const server = createServer(readTls(files)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const shown = async () => {
    const { port } = server.address() as AddressInfo
    const socket = connect({ port, host: '127.0.0.1', ca: authority.cert }).on('error', () => {})
    await once(socket, 'secureConnect')
    const { serialNumber } = socket.getPeerCertificate()
    socket.destroy()
    return serialNumber
  }
  const before = await shown()
  const stop = followRenewals(server, files, 5)
  stored({ ...first, key: second.key })
  stored(second)
  await expect.poll(shown).not.toBe(before)
  stop()
  server.close()
})
