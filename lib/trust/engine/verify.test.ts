import fc from 'fast-check'
import { calculateJwkThumbprint } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { propertyRuns } from '@/e2e/fixtures/property-runs'
import type { KeySet } from '../key-sources/key-source'
import { TrustPolicy } from '../policy'
import { createVectorIssuer, type MadeVector, type VectorIssuer, vectors } from '../vectors'
import { checkIds } from './check-table'
import { explainIssuer } from './checks/issuer-difference'
import { reasons } from './reasons'
import { decodeToken } from './token'
import type { Verdict } from './verdict'
import { verify } from './verify'

let issuer: VectorIssuer
beforeAll(async () => {
  issuer = await createVectorIssuer({ now: 1_800_000_000 })
})

const answer = (made: MadeVector, url: string): KeySet => {
  const keys = made.keySets[url]
  return keys
    ? { status: 'ok', keys, fetchedAt: issuer.now - 60, stale: null }
    : { status: 'unavailable', reason: 'unreachable', message: 'The keys could not be fetched.', fix: 'Check the URL.' }
}

const judge = (made: MadeVector): Promise<Verdict> =>
  verify({
    token: made.token,
    trust: TrustPolicy.parse(made.policy),
    keys: async (source) => answer(made, source.url),
    now: issuer.now,
  })

const find = (name: string) => {
  const vector = vectors.find((one) => one.name === name)
  if (!vector) throw new Error(`no vector is called ${name}`)
  return vector
}

const unused = () => {
  throw new Error('no key is to be fetched')
}

describe('every vector gets its verdict', () => {
  test.each(vectors)('$name', async (vector) => {
    const verdict = await judge(await vector.make(issuer))
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
    const { checks } = await judge(await vector.make(issuer))
    const expected = checkIds.flatMap((id) => checks.filter((check) => check.id === id).map(() => id))
    for (const id of checkIds) expect(checks.map((check) => check.id)).toContain(id)
    expect(checks.map(({ id }) => id).filter((id) => !id.startsWith('claim:'))).toEqual(expected)
  }
})

test('every refusal names a known reason, and its sentence repeats no bound value', async () => {
  for (const vector of vectors.filter(({ accepted }) => !accepted)) {
    const { decisive } = await judge(await vector.make(issuer))
    expect(reasons).toContain(decisive?.reason)
    expect(decisive?.message).not.toContain(issuer.issuer)
    expect(decisive?.message).not.toContain(issuer.audience)
  }
})

test('claims under a failed signature are judged, and marked as proving nothing', async () => {
  const made = await find('another key under the same kid is refused').make(issuer)
  const { checks, grant, key } = await judge(made)
  expect(checks.find(({ id }) => id === 'iss')).toMatchObject({ status: 'pass', trusted: false })
  expect(checks.find(({ id }) => id === 'header.alg')).toMatchObject({ status: 'pass', trusted: true })
  expect({ grant, key }).toEqual({ grant: null, key: null })
})

test('an accepted token shows its key and the access token it would get', async () => {
  const made = await find('a plain RS256 token is accepted').make(issuer)
  const trust = TrustPolicy.parse({
    ...made.policy,
    grant: { ttlSeconds: 3600, ttlSecondsMax: 7200, usesMax: 5, metadata: { who: 'sub' } },
  })
  const verdict = await verify({
    token: made.token,
    trust,
    keys: async (source) => answer(made, source.url),
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
    const made = await find(name).make(issuer)
    const calls: unknown[] = []
    const keys = async (source: { url: string }, wanted: unknown) => {
      calls.push(wanted)
      return answer(made, source.url)
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
  const made = await find('a plain RS256 token is accepted').make(issuer)
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
  const made = await find('a plain RS256 token is accepted').make(issuer)
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
  const made = await find('a plain RS256 token is accepted').make(issuer)
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

test('a discovery document of another issuer vouches for nothing', async () => {
  const made = await find('a plain RS256 token is accepted').make(issuer)
  const trust = TrustPolicy.parse({ ...made.policy, keys: [{ kind: 'oidc-discovery', url: issuer.issuer }] })
  const set = (named: string): KeySet => ({
    status: 'ok',
    keys: [issuer.publicJwk('rsa')],
    fetchedAt: 0,
    stale: null,
    issuer: named,
  })
  const other = await verify({
    token: made.token,
    trust,
    keys: async () => set('https://other.example'),
    now: issuer.now,
  })
  expect(other.decisive).toMatchObject({ id: 'keys.source', reason: 'key_source_issuer' })
  expect(
    (await verify({ token: made.token, trust, keys: async () => set(issuer.issuer), now: issuer.now })).accepted,
  ).toBe(true)
})

test('the difference between two issuers is explained to the owner alone', async () => {
  const made = await find('an issuer with a trailing slash is another issuer').make(issuer)
  const { decisive } = await judge(made)
  expect(decisive?.fix).toMatch(/trailing slash/)
  expect(explainIssuer('https://a.example/x', 'https://a.example/y')).toMatch(
    /character 19: expected "x", received "y"/,
  )
  expect(explainIssuer('https://a', 'https://ab')).toMatch(/character 10: expected the end, received "b"/)
  expect(explainIssuer('https://a.example/x', 'https://a.ex\u200bample/x')).toMatch(/look alike/)
  expect(explainIssuer('https://a.example', 'https://\u0430.example')).toMatch(
    /expected "a", received "\u0430" \(U\+0430\)/,
  )
  expect(explainIssuer('https://a/x', 'https://a/\u202ey')).toMatch(/received "\\u\{202e\}"/)
})

describe('published signatures verify, and fail when one bit changes', () => {
  const cases = [
    // RFC 7515 appendix A.2, A.3 and RFC 8037 appendix A.4.
    {
      name: 'RFC 7515 A.2',
      token:
        'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw',
      jwk: {
        kty: 'RSA',
        n: 'ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ',
        e: 'AQAB',
      },
    },
    {
      name: 'RFC 7515 A.3',
      token:
        'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q',
      jwk: {
        kty: 'EC',
        crv: 'P-256',
        x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
        y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
      },
    },
    {
      name: 'RFC 8037 A.4',
      token:
        'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg',
      jwk: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
    },
  ]
  const signature = async (token: string, jwk: Record<string, string>) => {
    const trust = TrustPolicy.parse({ keys: [{ kind: 'inline-jwk', jwk }] })
    return (await verify({ token, trust, keys: unused, now: 1_300_819_000 })).checks.find(
      ({ id }) => id === 'signature',
    )?.status
  }
  test.each(cases)('$name', async ({ token, jwk }) => {
    expect(await signature(token, jwk as never)).toBe('pass')
    const at = token.lastIndexOf('.') + 10
    const bent = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
    expect(await signature(bent, jwk as never)).toBe('fail')
  })
})

describe('nothing makes it throw', () => {
  const trust = TrustPolicy.parse({
    issuer: 'https://issuer.example',
    keys: [{ kind: 'jwks-url', url: 'https://issuer.example/keys' }],
    rules: [{ path: 'a.b', matcher: { kind: 'glob-any', values: ['*'] } }],
  })
  const encode = (text: string) => Buffer.from(text).toString('base64url')
  const anyKeys = fc.array(
    fc.dictionary(
      fc.constantFrom('kty', 'kid', 'n', 'e', 'crv', 'x', 'y', 'use', 'alg', 'key_ops'),
      fc.oneof(fc.constantFrom('RSA', 'EC', 'sig', 'AQAB', 'a'), fc.jsonValue()),
    ),
    { maxLength: 3 },
  )
  const header = fc.dictionary(
    fc.constantFrom('alg', 'kid', 'typ', 'crit', 'jwk'),
    fc.oneof(fc.constantFrom('RS256', 'ES256', 'a', 'none'), fc.jsonValue()),
  )
  const claims = fc.dictionary(
    fc.constantFrom('iss', 'aud', 'sub', 'exp', 'nbf', 'iat', 'a', '__proto__'),
    fc.jsonValue(),
  )
  const token = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .tuple(header, claims, fc.base64String())
      .map(([h, c, s]) => `${encode(JSON.stringify(h))}.${encode(JSON.stringify(c))}.${s}`),
    fc.tuple(fc.json(), fc.json()).map(([h, c]) => `${encode(h)}.${encode(c)}.`),
  )
  test('no token, key set, clock or address', async () => {
    await fc.assert(
      fc.asyncProperty(token, anyKeys, fc.double(), fc.string(), async (text, keys, now, ip) => {
        const set = { status: 'ok', keys, fetchedAt: now, stale: null } as KeySet
        const verdict = await verify({ token: text, trust, keys: async () => set, now, ip })
        expect(verdict.accepted).toBe(false)
        expect(verdict.decisive?.status).toBe('fail')
      }),
      { numRuns: propertyRuns(1500) },
    )
  })
  test('not even a token that is no text, or a key set that is none', async () => {
    for (const bad of [null, undefined, 7, {}, []])
      expect((await verify({ token: bad as never, trust, keys: unused, now: 0 })).accepted).toBe(false)
    const made = await find('a plain RS256 token is accepted').make(issuer)
    for (const set of [null, undefined, {}, { status: 'ok' }, { status: 'ok', keys: [null, 1, []] }]) {
      const verdict = await verify({
        token: made.token,
        trust: TrustPolicy.parse(made.policy),
        keys: async () => set as never,
        now: issuer.now,
      })
      expect(verdict.accepted).toBe(false)
    }
  })
})

test('a claim that the access token is to carry on must be in the token', async () => {
  const made = await find('a plain RS256 token is accepted').make(issuer)
  const trust = TrustPolicy.parse({ ...made.policy, grant: { metadata: { team: 'team_id' } } })
  const verdict = await verify({
    token: made.token,
    trust,
    keys: async (source) => answer(made, source.url),
    now: issuer.now,
  })
  expect(verdict.accepted).toBe(false)
  expect(verdict.decisive).toMatchObject({ id: 'grant', reason: 'claim_missing' })
  expect(verdict.grant).toBeNull()
})

test('claims that no request header could bring back are not carried on, and the login says how much they are', async () => {
  const made = await find('a plain RS256 token is accepted').make(issuer)
  const decoded = decodeToken(made.token)
  if (!decoded.header.ok || !decoded.claims.ok) throw new TypeError('no token')
  const groups = Array.from({ length: 300 }, (_, index) => `bücher-${index}`)
  const token = await issuer.sign({
    key: 'rsa',
    alg: 'RS256',
    header: JSON.stringify(decoded.header.value),
    claims: JSON.stringify({ ...decoded.claims.value, groups }),
  })
  const judged = async (grant: object) =>
    verify({
      token,
      trust: TrustPolicy.parse({ ...made.policy, grant }),
      keys: async (source) => answer(made, source.url),
      now: issuer.now,
    })
  expect((await judged({ metadata: { groups: 'groups' } })).accepted).toBe(true)
  const many = Object.fromEntries(['a', 'b', 'c'].map((name) => [name, 'groups']))
  const verdict = await judged({ metadata: many })
  expect(verdict.decisive).toMatchObject({ id: 'grant', reason: 'claim_mismatch', field: 'grant.metadata' })
  expect(verdict.decisive?.received).toMatch(/^\d{4,5} bytes of JSON$/)
  expect(verdict.grant).toBeNull()
})

describe('a discovery document is judged before its keys', () => {
  const judged = async (set: Partial<Extract<KeySet, { status: 'unavailable' }>>, boundIssuer = issuer.issuer) => {
    const made = await find('a plain RS256 token is accepted').make(issuer)
    const keys = [{ kind: 'oidc-discovery', url: issuer.issuer }]
    const trust = TrustPolicy.parse({ ...made.policy, issuer: boundIssuer, keys })
    const failed: KeySet = { status: 'unavailable', reason: 'unreachable', message: 'Refused.', fix: 'Look.', ...set }
    return (await verify({ token: made.token, trust, keys: async () => failed, now: issuer.now })).decisive
  }

  test('one of another issuer is a refusal although its keys cannot be had', async () => {
    expect(await judged({ issuer: 'https://other.example' })).toMatchObject({ reason: 'key_source_issuer' })
    expect(await judged({ issuer: issuer.issuer })).toMatchObject({ reason: 'key_source_unavailable' })
    expect(await judged({})).toMatchObject({ reason: 'key_source_unavailable' })
  })

  test('one whose issuer is a template leads to the tenant’s own, not back to the template', async () => {
    const template = issuer.issuer.replace(/[^/]+$/, '{tenantid}')
    for (const bound of [issuer.issuer, 'https://login.example/another/v2.0']) {
      const decisive = await judged({ issuer: template }, bound)
      expect(decisive).toMatchObject({ reason: 'key_source_issuer', message: expect.stringContaining('template') })
      expect(decisive?.fix).toContain(`discovery URL, ${issuer.issuer},`)
      expect(decisive?.message).not.toContain(issuer.issuer)
    }
  })
})

test('what a set holds of which nothing is usable is judged, so that the fault of the key is named', async () => {
  const made = await find('a plain RS256 token is accepted').make(issuer)
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
