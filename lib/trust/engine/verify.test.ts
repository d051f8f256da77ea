import { calculateJwkThumbprint } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { judgeVector, keysOf, vectorNamed } from '@/e2e/fixtures/judge-vector'
import type { KeySet } from '../key-sources/key-source'
import { TrustPolicy } from '../policy'
import { createVectorIssuer, type VectorIssuer, vectors } from '../vectors'
import { checkIds } from './check-table'
import { reasons } from './reasons'
import { verify } from './verify'

let issuer: VectorIssuer
beforeAll(async () => {
  issuer = await createVectorIssuer({ now: 1_800_000_000 })
})

const unused = () => {
  throw new Error('no key is to be fetched')
}

describe('every vector gets its verdict', () => {
  test.each(vectors)('$name', async (vector) => {
    const verdict = await judgeVector(issuer, await vector.make(issuer))
    expect({ accepted: verdict.accepted, decisive: verdict.decisive?.id ?? null }).toEqual({
      accepted: vector.accepted,
      decisive: vector.decisive,
    })
  })
})

test('the table has at least sixty vectors with names of their own', () => {
  expect(vectors.length).toBeGreaterThanOrEqual(60)
  expect(new Set(vectors.map(({ name }) => name)).size).toBe(vectors.length)
})

test('every verdict has every check, in order, whatever failed', async () => {
  for (const vector of vectors) {
    const { checks } = await judgeVector(issuer, await vector.make(issuer))
    const expected = checkIds.flatMap((id) => checks.filter((check) => check.id === id).map(() => id))
    for (const id of checkIds) expect(checks.map((check) => check.id)).toContain(id)
    expect(checks.map(({ id }) => id).filter((id) => !id.startsWith('claim:'))).toEqual(expected)
  }
})

test('every refusal names a known reason, and its sentence repeats no bound value', async () => {
  for (const vector of vectors.filter(({ accepted }) => !accepted)) {
    const { decisive } = await judgeVector(issuer, await vector.make(issuer))
    expect(reasons).toContain(decisive?.reason)
    expect(decisive?.message).not.toContain(issuer.issuer)
    expect(decisive?.message).not.toContain(issuer.audience)
  }
})

test('claims under a failed signature are judged, and marked as proving nothing', async () => {
  const made = await vectorNamed('another key under the same kid is refused').make(issuer)
  const { checks, grant, key } = await judgeVector(issuer, made)
  expect(checks.find(({ id }) => id === 'iss')).toMatchObject({ status: 'pass', trusted: false })
  expect(checks.find(({ id }) => id === 'header.alg')).toMatchObject({ status: 'pass', trusted: true })
  expect({ grant, key }).toEqual({ grant: null, key: null })
})

test('an accepted token shows its key and the access token it would get', async () => {
  const made = await vectorNamed('a plain RS256 token is accepted').make(issuer)
  const trust = TrustPolicy.parse({
    ...made.policy,
    grant: { ttlSeconds: 3600, ttlSecondsMax: 7200, usesMax: 5, metadata: { who: 'sub' } },
  })
  const verdict = await verify({
    token: made.token,
    trust,
    keys: async (source) => keysOf(issuer, made, source.url),
    now: issuer.now + 0.9,
    ip: '10.0.0.1',
  })
  expect(verdict.key).toEqual({
    source: 0,
    kid: 'rsa',
    thumbprint: await calculateJwkThumbprint(issuer.publicJwk('rsa') as never),
  })
  expect(verdict.grant).toEqual({
    subject: 'machine-1',
    ttlSeconds: 3600,
    expiresAt: issuer.now + 3600,
    maxExpiresAt: issuer.now + 7200,
    usesMax: 5,
    trustedIps: ['0.0.0.0/0', '::/0'],
    metadata: { who: 'machine-1' },
  })
  expect(verdict.checks.find(({ id }) => id === 'ip')?.status).toBe('pass')
})

describe('time is judged to the second, with the skew on the forgiving side', () => {
  const at = async (claims: Record<string, unknown>, now: number, skewSeconds: number) => {
    const token = await issuer.sign({
      key: 'rsa',
      alg: 'RS256',
      header: '{"alg":"RS256","kid":"rsa"}',
      claims: JSON.stringify(claims),
    })
    const trust = TrustPolicy.parse({
      keys: [{ kind: 'static-pem', pem: issuer.publicPem('rsa') }],
      lifetime: { clockSkewSeconds: skewSeconds, expirySkewSeconds: skewSeconds },
    })
    return (await verify({ token, trust, keys: unused, now })).decisive?.id ?? null
  }
  test.each([
    [{ exp: 1000 }, 999.999, 0, null],
    [{ exp: 1000 }, 1000, 0, 'exp'],
    [{ exp: 1000 }, 1029.9, 30, null],
    [{ exp: 1000 }, 1030, 30, 'exp'],
    [{ exp: 5000, nbf: 1000 }, 1000, 0, null],
    [{ exp: 5000, nbf: 1000 }, 999.9, 0, 'nbf'],
    [{ exp: 5000, nbf: 1000 }, 970, 30, null],
    [{ exp: 5000, nbf: 1000 }, 969.9, 30, 'nbf'],
    [{ exp: 5000, iat: 1000 }, 999, 0, 'iat'],
    [{ exp: 1000, iat: 1000 }, 999, 30, 'lifetime'],
    [{ exp: 5000 }, Number.NaN, 0, 'exp'],
    [{ exp: 5000 }, Number.POSITIVE_INFINITY, 0, 'exp'],
  ])('%j at %d with %d s', async (claims, now, skew, decisive) => expect(await at(claims, now, skew)).toBe(decisive))
})

describe('keys are asked for only when they are needed', () => {
  const asked = async (name: string) => {
    const made = await vectorNamed(name).make(issuer)
    const calls: unknown[] = []
    const keys = async (source: { url: string }, wanted: unknown) => {
      calls.push(wanted)
      return keysOf(issuer, made, source.url)
    }
    await verify({ token: made.token, trust: TrustPolicy.parse(made.policy), keys, now: issuer.now })
    return calls
  }
  test('once per remote source, with the kid and algorithm wanted', async () => {
    expect(await asked('a plain RS256 token is accepted')).toEqual([{ kid: 'rsa', alg: 'RS256' }])
    expect(await asked('the second source is asked for a kid the first does not have')).toHaveLength(2)
  })
  test.each([
    'two segments are refused',
    'alg none with a signature is refused',
    'a token longer than 16 KiB is refused',
    'a PEM that was typed in verifies a token with any kid',
  ])('not when %s', async (name) => expect(await asked(name)).toEqual([]))
})

test('a provider that throws is a source that cannot be reached', async () => {
  const made = await vectorNamed('a plain RS256 token is accepted').make(issuer)
  const verdict = await verify({
    token: made.token,
    trust: TrustPolicy.parse(made.policy),
    keys: () => {
      throw new Error('connect ECONNREFUSED 10.0.0.5:443')
    },
    now: issuer.now,
  })
  expect(verdict.decisive).toMatchObject({ id: 'keys.source', reason: 'key_source_unavailable' })
  expect(JSON.stringify(verdict)).not.toContain('10.0.0.5')
})

test('an untrusted certificate of a key source is told apart from silence', async () => {
  const made = await vectorNamed('a plain RS256 token is accepted').make(issuer)
  const set: KeySet = {
    status: 'unavailable',
    reason: 'tls-untrusted',
    message: 'Its certificate is not trusted.',
    fix: 'Give the CA.',
  }
  const verdict = await verify({
    token: made.token,
    trust: TrustPolicy.parse(made.policy),
    keys: async () => set,
    now: issuer.now,
  })
  expect(verdict.decisive).toMatchObject({ id: 'keys.source', reason: 'key_source_tls', fix: 'Give the CA.' })
})

test('keys that could not be refreshed are used, and it is said since when', async () => {
  const made = await vectorNamed('a plain RS256 token is accepted').make(issuer)
  const set: KeySet = {
    status: 'ok',
    keys: [issuer.publicJwk('rsa')],
    fetchedAt: 0,
    stale: { since: 1_799_999_000, reason: 'timed-out', message: 'It did not answer.' },
  }
  const verdict = await verify({
    token: made.token,
    trust: TrustPolicy.parse(made.policy),
    keys: async () => set,
    now: issuer.now,
  })
  expect(verdict.accepted).toBe(true)
  expect(verdict.checks.find(({ id }) => id === 'keys.source')).toMatchObject({
    status: 'warn',
    message: expect.stringContaining('2027-01-15 07:43:20 UTC'),
  })
})

test('a set without a usable key is judged, so that the fault of its key is named', async () => {
  const made = await vectorNamed('a plain RS256 token is accepted').make(issuer)
  const keys = [{ ...issuer.publicJwk('rsa'), use: 'enc' }]
  const set: KeySet = { status: 'unavailable', reason: 'no-usable-key', message: 'No key.', fix: 'Publish.', keys }
  const verdict = await verify({
    token: made.token,
    trust: TrustPolicy.parse(made.policy),
    keys: async () => set,
    now: issuer.now,
  })
  expect(verdict.decisive).toMatchObject({ id: 'keys.usable', reason: 'key_unusable' })
  expect(verdict.checks.find(({ id }) => id === 'keys.source')).toMatchObject({ status: 'warn', message: 'No key.' })
})
