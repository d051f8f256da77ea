import { expect, test } from 'vitest'
import { createClient } from './client'
import { attached, type Installation, install, login } from './installation'
import { createIssuer } from './issuer'

const issuer = createIssuer()

/** The address a login is recorded under when it is sent with these headers. */
async function recordedAddress(here: Installation, headers: Record<string, string>): Promise<string | null> {
  const client = createClient(here.keybound.baseUrl, headers)
  const id = await attached(here, { publicKeys: [issuer.pem] })
  const answer = await login(client, id, issuer.token())
  expect(answer.status, answer.text).toBe(200)
  const requestId = answer.headers.get('x-request-id') ?? ''
  const decision = await here.db.decision.findUniqueOrThrow({ where: { id: requestId } })
  return decision.ip
}

test('without a trusted proxy no header changes the caller’s address', async () => {
  const here = await install({}, { own: true })
  const attempts: Record<string, string>[] = [
    {},
    { 'x-forwarded-for': '203.0.113.9' },
    { 'x-keybound-peer': '203.0.113.9' },
    { 'X-Keybound-Peer': '203.0.113.9', 'X-Forwarded-For': '203.0.113.9', forwarded: 'for=203.0.113.9' },
    { 'x-real-ip': '203.0.113.9', 'cf-connecting-ip': '203.0.113.9', 'true-client-ip': '203.0.113.9' },
  ]
  for (const headers of attempts) {
    expect(await recordedAddress(here, headers)).toBe('127.0.0.1')
  }
  // So a forged address gives no fresh allowance of attempts, and lets no token be used.
  const id = await attached(here, { publicKeys: [issuer.pem], accessTokenTrustedIps: [{ ipAddress: '203.0.113.9' }] })
  const { accessToken } = (await login(here.anonymous, id, issuer.token())).body
  const lying = here.anonymous.as({
    authorization: `Bearer ${accessToken}`,
    'x-forwarded-for': '203.0.113.9',
    'x-keybound-peer': '203.0.113.9',
  })
  expect((await lying.get('/api/v1/identities/details')).status).toBe(403)
  await here.stop()
})

test('one trusted proxy is trusted for one hop', async () => {
  // As all servers that files share are (server.ts).
  const here = await install()
  expect(await recordedAddress(here, { 'x-forwarded-for': '203.0.113.9' })).toBe('203.0.113.9')
  expect(await recordedAddress(here, { 'x-forwarded-for': '198.51.100.1, 203.0.113.9' })).toBe('203.0.113.9')
  expect(await recordedAddress(here, { 'x-forwarded-for': '203.0.113.9, nonsense' })).toBe('127.0.0.1')
  expect(await recordedAddress(here, { 'x-keybound-peer': '203.0.113.9' })).toBe('127.0.0.1')
  expect(await recordedAddress(here, {})).toBe('127.0.0.1')
  await here.stop()
})
