import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { maskedTrace } from '@/lib/services/login/record-decision'
import type { JsonObject } from '../json/json'
import { explainMismatch } from '../matchers'
import { TrustPolicy } from '../policy'
import { suggestAddress } from '../suggest-address'
import { verify } from './verify'

const now = 1_800_000_000
const keys = {
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  ES512: generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  EdDSA: generateKeyPairSync('ed25519'),
}
type Alg = keyof typeof keys

const encode = (part: unknown) =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url')

function tokenOf(
  claims: JsonObject | string,
  alg: Alg = 'ES256',
  bend: (signature: Buffer) => Buffer = (same) => same,
) {
  const input = `${encode({ alg })}.${encode(claims)}`
  const hash = alg === 'EdDSA' ? null : `sha${alg.slice(2)}`
  const key = { key: keys[alg].privateKey, dsaEncoding: 'ieee-p1363' as const }
  return `${input}.${bend(sign(hash, Buffer.from(input), key)).toString('base64url')}`
}

async function judge(token: string, policy: object = {}, alg: Alg = 'ES256') {
  const trust = TrustPolicy.parse({
    keys: [{ kind: 'inline-jwk', jwk: keys[alg].publicKey.export({ format: 'jwk' }) }],
    ...policy,
  })
  return verify({ token, trust, now, keys: () => Promise.reject(new Error('no remote keys')) })
}

const valid = { exp: now + 300 }
const rule = (path: string, ...values: string[]) => ({ rules: [{ path, matcher: { kind: 'glob-any', values } }] })

describe('a wrong type is named, for every claim and list', () => {
  test.each<[string, JsonObject, object, RegExp]>([
    ['sub', { sub: 12345 }, rule('sub', '12345'), /subject .*It is a number where text is wanted/],
    ['sub', { sub: ['a'] }, rule('sub', 'a'), /It is a list where text is wanted/],
    ['sub', { sub: null }, rule('sub', 'a'), /It is null where/],
    ['aud', { aud: 12345 }, rule('aud', '12345'), /It is a number where text is wanted/],
    ['aud', { aud: ['a', { b: 1 }] }, rule('aud', 'a'), /Its element 2 is an object where text is wanted/],
    ['iss', { iss: false }, { issuer: 'false' }, /It is true or false where text is wanted/],
  ])('%s: %j', async (id, claims, policy, message) => {
    const { decisive } = await judge(tokenOf({ ...valid, ...claims }), policy)
    expect(decisive).toMatchObject({ id, message: expect.stringMatching(message) })
    expect(decisive?.fix).toMatch(/as text, in quotes/)
  })
  test.each<[JsonObject, object, RegExp]>([
    [{ x: { a: 1 } }, { kind: 'glob-any', values: ['a'] }, /It is an object/],
    [{ x: null }, { kind: 'equals-any', values: ['a'] }, /It is null/],
    [{ x: [{ a: 1 }] }, { kind: 'glob-any', values: ['a'] }, /a list without any text/],
    [{ x: 42 }, { kind: 'equals-any', values: ['042'] }, /a number, compared as the text "42"/],
    [{ x: true }, { kind: 'equals-any', values: ['yes'] }, /true or false, compared as the text "true"/],
    [{ x: true }, { kind: 'equals-any', values: ['True'] }, /upper and lower case/],
    [{ x: ['a', 1] }, { kind: 'subset-of', values: ['a'] }, /element 2 is a number/],
    [{ x: [1] }, { kind: 'within-bitmask', mask: '1' }, /It is a list/],
  ])('%j', async (claims, matcher, fix) => {
    const { decisive } = await judge(tokenOf({ ...valid, ...claims }), { rules: [{ path: 'x', matcher }] })
    expect(decisive?.fix).toMatch(fix)
    expect(decisive?.fix).not.toMatch(/spaces/)
  })
})

describe('a time in another unit or form is named', () => {
  test.each<[string, unknown, RegExp]>([
    ['exp', (now + 300) * 1e3, /looks like milliseconds/],
    ['nbf', now * 1e3, /looks like milliseconds/],
    ['iat', now * 1e3, /looks like milliseconds/],
    ['iat', now * 1e6, /looks like microseconds/],
    ['exp', `${now}000000000`, /number in quotes, and looks like nanoseconds/],
    ['exp', String(now + 300), /is a number in quotes/],
    ['iat', '2027-01-15T08:00:00Z', /is a date as text/],
    ['nbf', 'Fri, 15 Jan 2027 08:00:00 GMT', /is a date as text/],
    ['exp', true, /is true or false/],
    ['exp', -1, /is negative/],
    ['exp', 1e300, /no time of any calendar/],
  ])('%s: %j', async (id, value, message) => {
    const { decisive } = await judge(tokenOf({ ...valid, [id]: value as number }))
    expect(decisive).toMatchObject({ id, reason: 'time_claim_malformed', message: expect.stringMatching(message) })
    expect(decisive?.fix).not.toMatch(/clocks/)
  })
  test('a lifetime in place of an expiry is named', async () => {
    expect((await judge(tokenOf({ exp: 3600 }))).decisive?.fix).toMatch(/looks like a lifetime \(3600 s\)/)
  })
  test('an allowed difference of clocks is shown, and not called the past', async () => {
    const { checks } = await judge(tokenOf({ ...valid, iat: now + 5, nbf: now + 5 }))
    for (const id of ['iat', 'nbf'])
      expect(checks.find((check) => check.id === id)).toMatchObject({
        status: 'pass',
        message: expect.stringMatching(/in (the future|5 s).*within the 30 s/),
      })
  })
})

describe('a signature that cannot be one is told by its length', () => {
  const der = (alg: Alg) => sign(`sha${alg.slice(2)}`, Buffer.from('x'), keys[alg].privateKey)
  test.each<[string, Alg, (signature: Buffer) => Buffer, RegExp]>([
    ['DER', 'ES256', () => der('ES256'), /\d\d bytes long, and ES256 makes 64. It looks like DER/],
    ['DER', 'ES384', () => der('ES384'), /\d+ bytes long, and ES384 makes 96. It looks like DER/],
    ['DER', 'ES512', () => der('ES512'), /\d+ bytes long, and ES512 makes 132. It looks like DER/],
    [
      'hexadecimal',
      'EdDSA',
      (one) => Buffer.from(one.toString('hex')),
      /128 bytes long, and EdDSA makes 64.*hexadecimal/,
    ],
    [
      'base64',
      'RS256',
      (one) => Buffer.from(one.toString('base64')),
      /344 bytes long, and a key of RSA 2048 makes 256.*base64/,
    ],
    ['base64url', 'ES256', (one) => Buffer.from(one.toString('base64url')), /86 bytes long.*base64/],
    ['cut short', 'RS256', (one) => one.subarray(0, 200), /200 bytes long, .*256. Part of it is missing/],
    ['longer', 'RS256', (one) => Buffer.concat([one, Buffer.from([1])]), /257 bytes long.*Something follows/],
    ['none', 'ES256', () => Buffer.alloc(0), /has no signature/],
    ['without leading zeros', 'ES512', (one) => one.subarray(1), /131 bytes long, and ES512 makes 132. Leading zeros/],
    ['of a shared secret', 'RS256', () => Buffer.alloc(32, 7), /32 bytes long.*HS256/],
    ['of another key', 'RS256', () => Buffer.alloc(512, 7), /512 bytes long.*RSA 4096/],
    ['of another curve', 'ES256', () => Buffer.alloc(96, 7), /96 bytes long.*ES384/],
  ])('%s (%s)', async (_, alg, bend, message) => {
    const { decisive } = await judge(tokenOf(valid, alg, bend), {}, alg)
    expect(decisive).toMatchObject({ id: 'signature', message: expect.stringMatching(message) })
    expect(decisive?.received).toMatch(/^\d+ bytes$/)
    expect(decisive?.fix).not.toMatch(/changed or cut short in transit/)
  })
  test('one of the right length is told as before', async () => {
    const { decisive } = await judge(tokenOf(valid, 'ES256', () => Buffer.alloc(64, 7)))
    expect(decisive?.message).toBe('The key did not make this signature.')
  })
})

describe('a missing claim is proposed under the address it has', () => {
  const k8s = { 'kubernetes.io': { namespace: 'prod', pod: { name: 'web-1' } } }
  test.each<[string, JsonObject, string | null]>([
    ['kubernetes.io.namespace', k8s, '/kubernetes.io/namespace'],
    ['kubernetes.io/namespace', k8s, '/kubernetes.io/namespace'],
    ['/kubernetes/io/namespace', k8s, '/kubernetes.io/namespace'],
    ["$['kubernetes.io'].namespace", k8s, '/kubernetes.io/namespace'],
    ['claims.kubernetes.io.namespace', k8s, '/kubernetes.io/namespace'],
    ['kubernetes.io.pod.name', k8s, '/kubernetes.io/pod/name'],
    ['namespace', k8s, '/kubernetes.io/namespace'],
    ['Repository', { repository: 'a' }, 'repository'],
    ['repositoryOwner', { repository_owner: 'a' }, 'repository_owner'],
    ['repository-owner', { repository_owner: 'a' }, 'repository_owner'],
    ['roles', { 'https://example.com/roles': ['a'] }, 'https://example.com/roles'],
    ['http://example.com/roles', { 'https://example.com/roles': ['a'] }, 'https://example.com/roles'],
    ['https://example.com/roles/', { 'https://example.com/roles': ['a'] }, 'https://example.com/roles'],
    ['realm_access/roles', { realm_access: { roles: ['a'] } }, 'realm_access.roles'],
    ['token.actions.githubusercontent.com:job_id', { job_id: 'a' }, 'job_id'],
    ['a~b', { 'a/b': 1 }, 'a/b'],
    ['groups.name', { groups: [{ name: 'a' }, { name: 'b' }] }, 'groups.0.name'],
    ['groups[].name', { groups: [{ name: 'a' }] }, 'groups.0.name'],
    ['name', { a: { name: 1 }, b: { name: 2 } }, null],
    ['environment', { ref: 'main' }, null],
    ['constructor', { ref: 'main' }, null],
    ['ref', { REF: [] }, null],
    ['', { a: 1 }, null],
    ['🙂', { a: 1 }, null],
  ])('%s', (missing, claims, address) => expect(suggestAddress(claims, missing)).toBe(address))

  test('the check says so, and carries the address', async () => {
    const { decisive } = await judge(tokenOf({ ...valid, ...k8s }), rule('kubernetes.io.namespace', 'prod'))
    expect(decisive).toMatchObject({ reason: 'claim_missing', suggestion: '/kubernetes.io/namespace' })
    expect(decisive?.fix).toContain('"/kubernetes.io/namespace"')
  })
  test('a subject in other letters is named, though its address is fixed', async () => {
    const { decisive } = await judge(tokenOf({ ...valid, Sub: 'a' }), rule('sub', 'a'))
    expect(decisive?.fix).toContain('"Sub"')
    expect(decisive?.suggestion).toBeUndefined()
  })
  test('an empty list is called one', async () => {
    expect((await judge(tokenOf({ ...valid, groups: [] }), rule('groups', 'a'))).decisive?.fix).toMatch(/empty list/)
  })
})

describe('a near miss is explained, of patterns as of texts', () => {
  test.each<[string, string, RegExp]>([
    ['repo:acmecorp/*', 'repo:AcmeCorp/app', /upper and lower case/],
    ['repo:acme/*/', 'repo:acme/app', /trailing slash/],
    ['repo:acme/*-app ', 'repo:acme/my-app', /spaces/],
    ['https://i.example/*', 'http://i.example/a', /http:/],
    ['refs/heads/*', 'main', /refs\/heads\/main/],
    ['main', 'refs/heads/main', /refs\/heads\/main/],
    ['repo:acme/app:ref:refs/heads/main', 'repo:acme/app:ref:main', /branch or tag/],
    ['repo:acme/.*', 'repo:acme/app', /regular expression/],
    ['^repo:acme/.+$', 'repo:acme/app', /regular expression/],
    ['payments-*', 'payments_prod', /hyphens and underscores/],
    ['m\u0430chine-*', 'machine-1', /^$|different characters/],
    ['machine-*', 'ma\u200bchine-1', /different characters/],
    ['HTTPS://I.example/*', 'https://i.example/a/', /upper and lower case/],
    ['repo:acme/app', 'repo:acme/app:environment:prod', /more text after it/],
    ['acme/*', 'repo:acme/app', /more text before it/],
    ['write', 'read write admin', /list that was written as one text/],
    ['admin*', '["user", "admin-eu"]', /list that was written as one text/],
    ['b', 'a,b;c', /list that was written as one text/],
    ['only', '["only"]', /list that was written as one text/],
  ])('%s and %s', (pattern, claim, words) => {
    const why = explainMismatch({ kind: 'glob-any', values: [pattern] }, claim) ?? ''
    expect(why).toMatch(words)
    if (!/[*+]/.test(pattern)) expect(explainMismatch({ kind: 'equals-any', values: [pattern] }, claim)).toBe(why)
  })
  test('a denial is named', () => {
    expect(explainMismatch({ kind: 'glob-any', values: ['a', '!b'] }, ['a', 'b'])).toMatch(/"!b" denies/)
  })
  test('a plain difference is not explained', () => {
    expect(explainMismatch({ kind: 'glob-any', values: ['repo:*'] }, 'project:x')).toBeNull()
  })
})

describe('the cost of a verdict is bounded, however many patterns and values there are', () => {
  const hostile = Array.from({ length: 90 }, (_, at) => ({
    path: 'x',
    matcher: { kind: 'glob-any', values: [`${'{*a,'.repeat(150)}${at}${'}'.repeat(150)}`] },
  }))
  test('rules share the work; one for which none is left refuses, and says why', async () => {
    const verdict = await judge(tokenOf({ ...valid, x: 'b'.repeat(8_000), y: 'ok' }), {
      rules: [...hostile, { path: 'y', matcher: { kind: 'glob-any', values: ['o*'] } }],
    })
    const refused = verdict.checks.filter(({ status }) => status === 'fail')
    expect(refused.map(({ reason }) => reason)).toContain('rules_too_costly')
    expect(verdict.decisive?.message).not.toContain('{*a')
    expect(verdict.accepted).toBe(false)
  })
  test('a pattern of braces and commas without an end is read in one pass', async () => {
    const values = Array.from({ length: 500 }, (_, at) => `${'{,'.repeat(500)}${at}`)
    expect(
      (await judge(tokenOf({ ...valid, x: 'b' }), { rules: [{ path: 'x', matcher: { kind: 'glob-any', values } }] }))
        .accepted,
    ).toBe(false)
  })
  test('long lists on both sides are compared once', async () => {
    const values = Array.from({ length: 1_000 }, (_, at) => `value-${at}`)
    const x = Array.from({ length: 2_000 }, (_, at) => `${at}`)
    const rules = ['equals-any', 'subset-of', 'glob-any'].flatMap((kind) =>
      Array.from({ length: 30 }, () => ({ path: 'x', matcher: { kind, values } })),
    )
    expect((await judge(tokenOf({ ...valid, x }), { rules })).accepted).toBe(false)
  })
})

test('advice on a masked claim is not kept', async () => {
  const verdict = await judge(tokenOf({ ...valid, email: 'Ada@example.com' }), rule('email', 'ada@example.com'))
  expect(verdict.decisive?.fix).toMatch(/case/)
  expect(JSON.stringify(maskedTrace(verdict))).not.toContain('Ada@example')
})
