import { expect, test, vi } from 'vitest'
import { startJwksServer } from '@/e2e/peers/jwks-server'
import { createAuthority } from '@/e2e/peers/tls-authority'
import { connectPinned } from './pinned-connection'

// A public authority, as far as this process knows.
const publicCa = vi.hoisted(() => ({ certificates: [] as string[] }))
vi.mock('node:tls', async (original) => ({ ...(await original<object>()), rootCertificates: publicCa.certificates }))

test('a host with a public certificate goes on working when a CA is given', async () => {
  const authority = createAuthority('Public')
  publicCa.certificates.push(authority.cert)
  const server = await startJwksServer({ tls: authority.issue() })
  const { socket } = await connectPinned(
    { ok: true, url: new URL(server.jwksUrl), hostname: '127.0.0.1', addresses: ['127.0.0.1'] },
    { caCerts: [createAuthority('Private').cert], signal: new AbortController().signal },
  )
  expect(socket).toMatchObject({ authorized: true })
  socket.destroy()
  await server.stop()
})
