import { expect, test } from 'vitest'
import { asResponse } from '@/e2e/fixtures/as-response'
import type { Db } from '@/lib/db/client'
import { countKeyFetch, countLogin, countVerification } from '@/lib/services/metrics/metrics'
import { answerMetrics } from './metrics'

const now = new Date('2026-08-01T12:00:00Z')
const states = [
  {
    id: 'ab'.repeat(32),
    url: 'https://a.example/jwks',
    keysFetchedAt: new Date(now.getTime() - 90_000),
    failingSince: null,
  },
  { id: 'cd'.repeat(32), url: 'https://b.example/jwks', keysFetchedAt: null, failingSince: now },
]
/** All that the page reads of a database. */
const db = { keySourceState: { findMany: async () => states } } as unknown as Db
const token = 'a metrics token'.replaceAll(' ', '-')

const ask = async (authorization?: string, set: string | undefined = token) => {
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization }
  const request = new Request('http://localhost/metrics', { headers })
  return asResponse(await answerMetrics(request, { db: () => db, token: set, now }))
}

test('without METRICS_TOKEN there is no such page, whatever is sent', async () => {
  const request = new Request('http://localhost/metrics', { headers: { authorization: 'Bearer undefined' } })
  expect((await answerMetrics(request, { db: () => db, token: undefined, now })).status).toBe(404)
})

test.each([undefined, 'Bearer', 'Bearer ', `Basic ${token}`, token, `Bearer ${token}x`, `Bearer ${token.slice(1)}`])(
  'with METRICS_TOKEN, %s is refused and told nothing',
  async (authorization) => {
    const answer = await ask(authorization)
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    expect(await answer.text()).not.toContain('keybound_')
  },
)

test('the token opens the page, which holds what was counted and how old the key sets are', async () => {
  countLogin({ method: 'jwt', result: 'refused', reason: 'token_expired', seconds: 0.02 })
  countLogin({ method: 'jwt', result: 'accepted', reason: '', seconds: 0.02 })
  countVerification(0.003)
  const source = { kind: 'jwks-url', url: 'https://c.example/jwks', caCert: '' } as const
  countKeyFetch(source, {
    keySet: { status: 'unavailable', reason: 'timed-out', message: '', fix: '' },
    cacheSeconds: 0,
    latencyMs: 5_000,
  })
  const answer = await ask(`Bearer ${token}`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toContain('text/plain')
  const text = await answer.text()
  expect(text).toContain('keybound_logins_total{method="jwt",result="refused",reason="token_expired"} 1')
  expect(text).toContain('keybound_logins_total{method="jwt",result="accepted",reason=""} 1')
  expect(text).toMatch(/keybound_key_fetches_total\{source="[0-9a-f]{12}",host="c\.example",result="timed-out"\} 1/)
  expect(text).toContain('keybound_verification_duration_seconds_bucket{le="0.005"} 1')
  expect(text).toContain('keybound_login_duration_seconds_count{method="jwt",result="accepted"} 1')
  expect(text).toContain('keybound_key_set_age_seconds{source="abababababab",host="a.example"} 90')
  expect(text).toContain('keybound_key_source_up{source="cdcdcdcdcdcd",host="b.example"} 0')
})

test('there is an end to the series, however many sources are fetched', async () => {
  const result = {
    keySet: { status: 'ok', keys: [], unusable: [] },
    cacheSeconds: 0,
    latencyMs: 1,
  } as unknown as Parameters<typeof countKeyFetch>[1]
  for (let at = 0; at < 2_000; at++) {
    countKeyFetch({ kind: 'jwks-url', url: `https://host-${at}.example/jwks`, caCert: '' }, result)
  }
  const text = await (await ask(`Bearer ${token}`)).text()
  expect(text.match(/^keybound_key_fetches_total\{/gm)?.length).toBeLessThanOrEqual(500)
  expect(text.match(/^keybound_key_fetch_duration_seconds_count\{/gm)?.length).toBeLessThanOrEqual(500)
  expect(text).toContain('host="host-1999.example"')
})
