import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Installation, install } from './installation'
import { ask, operations, withBody } from './operation-calls'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

/** Of each operation, on each database. */
const samples = 10

test('no JSON makes any operation fail with an unexpected error', async () => {
  const names = [
    'name',
    'keys',
    'jwt',
    'identityId',
    'role',
    'metadata',
    'publicKeys',
    'source',
    'grant',
    'search',
    '__proto__',
  ]
  const value = fc.jsonValue({ maxDepth: 3 })
  const body = fc.oneof(value, fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), value, { maxKeys: 6 }))
  for (const [id, operation] of withBody) {
    for (const sample of fc.sample(body, samples)) {
      const answer = await ask(here, operation, sample)
      // 429: so many sign-ins and logins are too many.
      expect([400, 401, 403, 404, 422, 429, 200, 201], `${id} ${JSON.stringify(sample)} ${answer.text}`).toContain(
        answer.status,
      )
    }
  }
  expect(here.keybound.logs()).not.toContain('failed unexpectedly')
})

test('no query makes any operation fail with an unexpected error', async () => {
  const names = ['search', 'limit', 'offset', 'cursor', 'from', 'to', 'identityId', 'after', 'sort', 'orgId', 'action']
  const query = fc.dictionary(
    fc.constantFrom(...names),
    fc.oneof(fc.string(), fc.constantFrom('\0', '%', "'", '-1', '1e9', '~')),
  )
  for (const [id, operation] of operations.filter(([, { method }]) => method === 'GET')) {
    const path = operation.path.replace('{method}', 'jwt').replace(/\{\w+\}/g, here.organizationId)
    for (const sample of fc.sample(query, samples)) {
      const answer = await here.admin.get(`${path}?${new URLSearchParams(sample)}`)
      expect(answer.status, `${id} ${JSON.stringify(sample)} ${answer.text}`).toBeLessThan(500)
    }
  }
  expect(here.keybound.logs()).not.toContain('failed unexpectedly')
})
