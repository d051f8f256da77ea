import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apis } from '@/lib/apis'
import type { Operation } from '@/lib/apis/api'
import { AppError } from '@/lib/errors'
import type { Answer } from './client'
import { type Installation, install } from './installation'
import { ask, withBody } from './operation-calls'

let here: Installation
/** How many rows every table has, which no test changes. */
let before: Record<string, number>
beforeAll(async () => {
  here = await install()
  before = await here.rows()
})
afterAll(() => here.stop())

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

const wrongPaths = ({ body }: Answer): string[] => {
  if (body.invalidFields) return body.invalidFields.map(({ name }: { name: string }) => name)
  const issues: { path: (string | number)[] }[] = body.fields ?? body.message
  return issues.map(({ path }) => path.join('.'))
}

describe('any invalid body is reported, and nothing is written', () => {
  test.each(withBody)('%s', async (id, operation) => {
    const malformed = ['{', '{"a":1,"a":2}', '{"a":1} {"b":2}', "{'a':1}", '{"a":NaN}', '\u0000', '{"a":"\\ud800"}']
    for (const raw of malformed) expect((await ask(here, operation, undefined, { raw })).status, raw).toBe(400)
    const bytes = Uint8Array.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d])
    expect((await ask(here, operation, undefined, { raw: bytes })).status).toBe(400)
    const headers = { 'content-type': 'text/plain' }
    expect((await ask(here, operation, undefined, { raw: '{}', headers })).status).toBe(400)
    expect((await ask(here, operation, undefined, { raw: `"${'x'.repeat(1024 * 1024)}"` })).status).toBe(413)
    const status = statusOfWrongFields.get(operation)
    for (const value of [[], 'text', 1, true, null]) {
      expect((await ask(here, operation, value)).status, `${value}`).toBe(status)
    }

    // A body that is one of several says which by its `method`.
    const unknown = await ask(here, operation, { method: 'issuer', 'no-such-field': 1 })
    // ProtoJSON ignores what it does not know.
    if (!id.startsWith('zitadel-')) {
      expect(unknown.status).toBe(status)
      // RFC 6749 §3.2: parameters that are not known are ignored.
      if (!id.startsWith('oauth-') && status !== 404) expect(wrongPaths(unknown)).toContain('no-such-field')
    }
    const [former, after] = [before, await here.rows()]
    before = after
    expect(after).toEqual(former)
  })
})
