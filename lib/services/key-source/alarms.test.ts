import { expect, test } from 'vitest'
import { type AlarmInput, type AlarmKey, alarmsOf } from './alarms'

const now = new Date('2026-08-01T12:00:00Z')
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
const inDays = (days: number) => now.getTime() / 1000 + days * 86_400

const key = (more: Partial<AlarmKey> = {}): AlarmKey => ({
  kid: 'a',
  thumbprint: 't-a',
  label: 'RSA 2048',
  problem: null,
  problemText: null,
  removedAt: null,
  lastUsedAt: null,
  lastMissedAt: null,
  ...more,
})
const certificate = (subject: string, days: number) => ({
  subject,
  issuer: 'CN=Root',
  notBefore: inDays(-10),
  notAfter: inDays(days),
  fingerprint: subject,
})
const tls = (leafDays: number, rootDays = 3650) => {
  const leaf = certificate('CN=issuer.example', leafDays)
  return { ...leaf, protocol: 'TLSv1.3', chain: [leaf, certificate('CN=Root', rootDays)] }
}
type State = NonNullable<AlarmInput['state']>
const input = (state: Partial<State> = {}, more: Partial<AlarmInput> = {}): AlarmInput => ({
  now,
  state: {
    lastSuccessAt: ago(0.1),
    failingSince: null,
    reason: null,
    message: null,
    fix: null,
    keyCount: 1,
    tls: tls(365),
    discovery: null,
    ...state,
  },
  keys: [key()],
  moves: [],
  issuers: [],
  ...more,
})
const idsOf = (given: AlarmInput) => alarmsOf(given).map(({ id }) => id)

test('a source in good order raises no alarm, and neither does one that was never fetched', () => {
  expect(alarmsOf(input())).toEqual([])
  expect(alarmsOf({ ...input(), state: null })).toEqual([])
})

test('a source that never gave keys is critical from its first failure, and says why and what to do', () => {
  const failing = { lastSuccessAt: null, failingSince: ago(0.01), keyCount: null, message: 'Refused.', fix: 'Open it.' }
  expect(alarmsOf(input(failing))).toEqual([
    {
      id: 'never-reached',
      severity: 'critical',
      message: expect.stringContaining('Refused.'),
      fix: 'Open it.',
    },
  ])
})

test('a source that gave keys is an alarm when it has failed for an hour, not before', () => {
  expect(idsOf(input({ failingSince: ago(0.99) }))).toEqual([])
  expect(idsOf(input({ failingSince: ago(1) }))).toEqual(['failing'])
})

test('an empty set is an alarm, one never fetched is not called empty', () => {
  expect(idsOf(input({ keyCount: 0 }, { keys: [] }))).toEqual(['set-empty'])
  expect(idsOf(input({ keyCount: null }, { keys: [] }))).toEqual([])
})

test.each([
  ['verified a login after its removal', { removedAt: ago(3), lastUsedAt: ago(2) }, true],
  ['was asked for after its removal', { removedAt: ago(3), lastMissedAt: ago(1) }, true],
  ['was used only before', { removedAt: ago(3), lastUsedAt: ago(4) }, false],
  ['was last asked for more than a day ago', { removedAt: ago(90), lastMissedAt: ago(25) }, false],
  ['is published', { lastUsedAt: ago(1) }, false],
])('a removed key whose tokens still arrive: one that %s', (_, more, raised) => {
  const keys = [key({ kid: 'b', thumbprint: 't-b' }), key(more)]
  expect(idsOf(input({}, { keys })).includes('removed-key-used')).toBe(raised)
})

test('the same kid with new material is an alarm for a week', () => {
  const keys = (hours: number) => [key({ thumbprint: 'new' }), key({ thumbprint: 'old', removedAt: ago(hours) })]
  expect(alarmsOf(input({}, { keys: keys(1) }))).toMatchObject([{ id: 'key-material-changed', severity: 'critical' }])
  expect(idsOf(input({}, { keys: keys(8 * 24) }))).toEqual([])
})

test('a rotation under a new kid is no alarm', () => {
  const keys = [key({ kid: 'b', thumbprint: 't-b' }), key({ removedAt: ago(1), lastUsedAt: ago(2) })]
  expect(idsOf(input({}, { keys }))).toEqual([])
})

test('two published keys of one kid are an alarm once, keys without a kid are not', () => {
  const twice = [key(), key({ thumbprint: 't-b' }), key({ thumbprint: 't-c' })]
  expect(idsOf(input({}, { keys: twice }))).toEqual(['duplicate-kid'])
  expect(idsOf(input({}, { keys: twice.map((one) => ({ ...one, kid: null })) }))).toEqual([])
})

test.each(['private_key', 'symmetric_key'])('a published %s is critical, one that is gone no longer', (problem) => {
  expect(alarmsOf(input({}, { keys: [key({ problem, label: null })] }))).toMatchObject([
    { id: 'secret-published', severity: 'critical' },
  ])
  expect(idsOf(input({}, { keys: [key({ problem, removedAt: ago(1) })] }))).toEqual([])
})

test('an RSA key under 2048 bits says how long it is; another weak key has its own alarm', () => {
  const short = alarmsOf(input({}, { keys: [key({ problem: 'weak_key', label: 'RSA 1024' })] }))
  expect(short).toMatchObject([{ id: 'rsa-too-short', message: expect.stringContaining('1024') }])
  expect(idsOf(input({}, { keys: [key({ problem: 'weak_key', label: 'RSA 2048' })] }))).toEqual(['weak-key'])
  expect(idsOf(input({}, { keys: [key({ problem: 'weak_key', label: 'Ed25519' })] }))).toEqual(['weak-key'])
})

test('a certificate is an alarm under 30 days, critical under 7, wherever in the chain it is', () => {
  const severities = (given: State['tls']) => alarmsOf(input({ tls: given })).map(({ id, severity }) => [id, severity])
  expect(severities(tls(30))).toEqual([])
  expect(severities(tls(29.9))).toEqual([['certificate-expiring', 'warning']])
  expect(severities(tls(6))).toEqual([['certificate-expiring', 'critical']])
  expect(severities(tls(365, 5))).toEqual([['certificate-expiring', 'critical']])
  expect(alarmsOf(input({ tls: tls(-1) }))[0]?.message).toContain('has expired')
  expect(severities(null)).toEqual([])
})

test('a discovery document that names another issuer than a trust expects is an alarm, letter for letter', () => {
  const discovery = { issuer: 'https://issuer.example', jwksUri: 'https://issuer.example/jwks', algorithms: [] }
  const issuers = ['https://issuer.example', 'https://issuer.example/', 'https://issuer.example/']
  expect(idsOf(input({ discovery }, { issuers }))).toEqual(['issuer-differs'])
  expect(idsOf(input({ discovery }, { issuers: ['https://issuer.example'] }))).toEqual([])
  expect(idsOf(input({ discovery: null }, { issuers }))).toEqual([])
})

test('a jwks_uri that moved to another host is an alarm for a week', () => {
  const moves = (hours: number) => [{ at: ago(hours), message: 'The jwks_uri moved from a to b.' }]
  expect(idsOf(input({}, { moves: moves(1) }))).toEqual(['jwks-uri-moved'])
  expect(idsOf(input({}, { moves: moves(8 * 24) }))).toEqual([])
})

test('the gravest alarm comes first, and every one says what to do', () => {
  const raised = alarmsOf(input({ tls: tls(20), keyCount: 1 }, { keys: [key({ problem: 'private_key' })] }))
  expect(raised.map(({ severity }) => severity)).toEqual(['critical', 'warning'])
  for (const { message, fix } of raised) expect([message, fix].every((text) => text.endsWith('.'))).toBe(true)
})

test('a set without one usable key is told at once, and that the last good keys serve', () => {
  const failing = { failingSince: ago(0.01), reason: 'no-usable-key', message: 'No key.', fix: 'Publish.' }
  expect(alarmsOf(input(failing))).toMatchObject([
    { id: 'set-empty', message: 'No key.', fix: expect.stringContaining('last good keys serve') },
  ])
  expect(alarmsOf(input({ ...failing, lastSuccessAt: null, keyCount: null }))).toMatchObject([
    { id: 'set-empty', fix: 'Publish.' },
  ])
})

test('an entry that is no key is a warning that names it', () => {
  const problemText = 'Entry 2 of the key set is null, not an object.'
  const entry = key({ kid: null, thumbprint: 'entry:2:is null', problem: 'malformed_key', problemText })
  expect(alarmsOf(input({}, { keys: [key(), entry] }))).toMatchObject([
    { id: 'entry-ignored', severity: 'warning', message: problemText },
  ])
})

test('a discovery document for many tenants is told as that, with the tenant’s own URL', () => {
  const own = 'https://login.example/1234/v2.0'
  const discovery = {
    issuer: 'https://login.example/{tenantid}/v2.0',
    jwksUri: 'https://login.example/jwks',
    algorithms: [],
  }
  expect(alarmsOf(input({ discovery }, { issuers: [own] }))).toMatchObject([
    { id: 'issuer-differs', fix: expect.stringContaining(`discovery URL, ${own},`) },
  ])
})
