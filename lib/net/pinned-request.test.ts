import { expect, test, vi } from 'vitest'
import { startJwksServer } from '@/e2e/peers/jwks-server'
import { createAuthority } from '@/e2e/peers/tls-authority'
import { parseAllowedOrigins } from './allow-list'
import { guardedGet } from './guarded-fetch'

// A public authority, as far as this process knows.
const publicCa = vi.hoisted(() => ({ certificates: [] as string[] }))
vi.mock('node:tls', async (original) => ({ ...(await original<object>()), rootCertificates: publicCa.certificates }))

test('a host with a public certificate goes on working when a CA is given', async () => {
  const authority = createAuthority('Public')
  publicCa.certificates.push(authority.cert)
  const server = await startJwksServer({ tls: authority.issue() })
  const fetched = await guardedGet(server.jwksUrl, {
    allowed: parseAllowedOrigins('127.0.0.1/32'),
    caCert: createAuthority('Private').cert,
  })
  expect(fetched).toMatchObject({ ok: true, status: 200 })
  await server.stop()
})
