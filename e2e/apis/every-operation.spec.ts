import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apis } from '@/lib/apis'
import type { Operation } from '@/lib/apis/api'
import { AppError } from '@/lib/errors'
import type { Answer, CallOptions } from './client'
import { type Installation, install } from './installation'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const operations = apis.flatMap((api) =>
  Object.entries(api.operations).map(([name, operation]): [string, Operation] => [`${api.name}.${name}`, operation]),
)
/** The answer of an operation to a body with wrong fields, in its API's envelope. */
const statusOfWrongFields = new Map(
  apis.flatMap(({ envelope, operations }) =>
    Object.values(operations).map((operation): [Operation, number] => {
      // It looks for what the path names before it looks at the body.
      if (operation.parsesBody && operation.params) return [operation, 404]
      return [operation, envelope.ofError(new AppError('invalid', ''), '').status]
    }),
  ),
)

const withBody = operations.filter(([, { body }]) => body !== undefined)

/** Asks as the admin, about things that do not exist. */
const ask = (operation: Operation, body: unknown, options?: CallOptions): Promise<Answer> => {
  const path = operation.path
    .replace('{method}', 'jwt')
    .replace(/\{(version|number)\}/, '1')
    .replace(/\{\w+\}/g, here.organizationId)
  return here.admin.call(operation.method, path, body, options)
}

const wrongPaths = ({ body }: Answer): string[] => {
  if (body.invalidFields) return body.invalidFields.map(({ name }: { name: string }) => name)
  const issues: { path: (string | number)[] }[] = body.fields ?? body.message
  return issues.map(({ path }) => path.join('.'))
}

describe('any invalid body is reported, and nothing is written', () => {
  test.each(withBody)('%s', async (id, operation) => {
    const before = await here.rows()
    const malformed = ['{', '{"a":1,"a":2}', '{"a":1} {"b":2}', "{'a':1}", '{"a":NaN}', '\u0000', '{"a":"\\ud800"}']
    for (const raw of malformed) expect((await ask(operation, undefined, { raw })).status, raw).toBe(400)
    const bytes = Uint8Array.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d])
    expect((await ask(operation, undefined, { raw: bytes })).status).toBe(400)
    const headers = { 'content-type': 'text/plain' }
    expect((await ask(operation, undefined, { raw: '{}', headers })).status).toBe(400)
    expect((await ask(operation, undefined, { raw: `"${'x'.repeat(1024 * 1024)}"` })).status).toBe(413)
    const status = statusOfWrongFields.get(operation)
    for (const value of [[], 'text', 1, true, null]) {
      expect((await ask(operation, value)).status, `${value}`).toBe(status)
    }

    // A body that is one of several says which by its `method`.
    const unknown = await ask(operation, { method: 'issuer', 'no-such-field': 1 })
    // ProtoJSON ignores what it does not know.
    if (!id.startsWith('zitadel-')) {
      expect(unknown.status).toBe(status)
      // RFC 6749 §3.2: parameters that are not known are ignored.
      if (!id.startsWith('oauth-') && status !== 404) expect(wrongPaths(unknown)).toContain('no-such-field')
    }
    expect(await here.rows()).toEqual(before)
  })
})

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
    for (const sample of fc.sample(body, 15)) {
      const answer = await ask(operation, sample)
      // 429: so many sign-ins and logins are too many.
      expect([400, 401, 403, 404, 422, 429, 200, 201], `${id} ${JSON.stringify(sample)} ${answer.text}`).toContain(
        answer.status,
      )
    }
  }
  expect(here.keybound.logs()).not.toContain('failed unexpectedly')
})

test('nor does any query', async () => {
  const names = ['search', 'limit', 'offset', 'cursor', 'from', 'to', 'identityId', 'after', 'sort', 'orgId', 'action']
  const query = fc.dictionary(
    fc.constantFrom(...names),
    fc.oneof(fc.string(), fc.constantFrom('\0', '%', "'", '-1', '1e9', '~')),
  )
  for (const [id, operation] of operations.filter(([, { method }]) => method === 'GET')) {
    const path = operation.path.replace('{method}', 'jwt').replace(/\{\w+\}/g, here.organizationId)
    for (const sample of fc.sample(query, 15)) {
      const answer = await here.admin.get(`${path}?${new URLSearchParams(sample)}`)
      expect(answer.status, `${id} ${JSON.stringify(sample)} ${answer.text}`).toBeLessThan(500)
    }
  }
  expect(here.keybound.logs()).not.toContain('failed unexpectedly')
})
