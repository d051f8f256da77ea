import { expect, test } from 'vitest'
import { apis } from '@/lib/apis'
import { auditActions } from '@/lib/model/audit-actions'

const operations = apis.flatMap(({ name: api, operations }) =>
  Object.entries(operations).map(([name, operation]) => [`${api}.${name}`, operation] as const),
)

test.each(operations.filter(([, { method }]) => method !== 'GET'))(
  '%s says what it leaves on record, or that it only reads',
  (_, { records }) => {
    expect(records).toBeInstanceOf(Array)
  },
)

/**
 * Those that change nothing although their method is not GET: searches, analysis of a body, what is asked at every use of a token, and challenges for
 * a passkey, which are gone within minutes.
 */
const readers =
  /\/_?search$|^\/api\/admin\/(analyse|compare|recognise)$|^\/api\/v1\/auth\/token\/introspect$|\/passkey\/options$/

test.each(operations.filter(([, { records }]) => records?.length === 0))('%s only reads', (_, { path }) => {
  expect(path).toMatch(readers)
})

test('operations that issue a token or make outgoing requests are declared', () => {
  const declared = Object.fromEntries(operations.map(([id, { records }]) => [id, records]))
  expect(declared['infisical-admin.bootstrap']).toContain('access-token.issued')
  expect(declared['zitadel-intents.startIntent']).toEqual(['intent.started'])
  expect(declared['zitadel-intents.retrieveIntent']).toEqual(['intent.retrieved'])
  expect(declared['admin.fetchKeySource']).toEqual(['key-source.fetched'])
  expect(declared['admin.lookUpKeys']).toEqual(['key-source.looked-up'])
  expect(declared['admin.evaluateToken']).toEqual(['key-source.looked-up'])
})

test('every action but a refusal, and what is done without a request, is left by some operation', () => {
  const left = new Set<string>(operations.flatMap(([, { records = [] }]) => records))
  const elsewhere = ['access.refused', 'trust.frozen', 'signing-key.rotated', 'signing-key.removed', 'secret.changed']
  expect(Object.keys(auditActions).filter((action) => !left.has(action) && !elsewhere.includes(action))).toEqual([])
})
