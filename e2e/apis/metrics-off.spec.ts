import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Keybound, startKeybound } from '../fixtures/keybound'
import { bearer, createClient } from './client'

let keybound: Keybound
beforeAll(async () => {
  keybound = await startKeybound()
})
afterAll(() => keybound.stop())

test('without METRICS_TOKEN /metrics is 404 for every caller', async () => {
  const client = createClient(keybound.baseUrl)
  expect((await client.get('/metrics')).status).toBe(404)
  expect((await client.get('/metrics', { headers: bearer('undefined') })).status).toBe(404)
})
