import { afterAll, beforeAll, expect, test } from 'vitest'
import { bearer, createClient } from './client'
import { type Server, sharedServer } from './server'

let server: Server
beforeAll(async () => {
  server = await sharedServer({})
})
afterAll(() => server.stop())

test('without METRICS_TOKEN /metrics is 404 for every caller', async () => {
  const client = createClient(server.keybound.baseUrl)
  expect((await client.get('/metrics')).status).toBe(404)
  expect((await client.get('/metrics', { headers: bearer('undefined') })).status).toBe(404)
})
