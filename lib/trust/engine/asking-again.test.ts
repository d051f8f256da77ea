import { beforeAll, describe, expect, test } from 'vitest'
import type { Jwk, KeySet } from '../key-sources/key-source'
import { type RemoteKeySource, TrustPolicy } from '../policy'
import { createVectorIssuer, type VectorIssuer } from '../vectors'
import { plainClaims } from '../vectors/vector'
import type { KeyRequest } from './checks/key-candidates'
import { verify } from './verify'

let issuer: VectorIssuer
beforeAll(async () => {
  issuer = await createVectorIssuer({ now: 1_800_000_000 })
})

const url = (name: string) => `https://${name}.example/jwks`
const ok = (...keys: Jwk[]): KeySet => ({ status: 'ok', keys, fetchedAt: 0, stale: null })
const key = (name: 'rsa' | 'rsa-2', kid?: string | undefined): Jwk => {
  const { kid: _, ...jwk } = issuer.publicJwk(name)
  return kid === undefined ? jwk : { ...jwk, kid }
}

type World = {
  /** What each source publishes at first, and what it gives when it is asked again. */
  sources: Record<string, [first: KeySet, again?: KeySet]>
  kid?: string
  unnamed?: 'any' | 'only'
  pem?: boolean
}

/** Judges a token of the issuer's key `rsa`, and tells which sources were asked for what. */
async function judge({ sources, kid, unnamed = 'any' }: World) {
  const token = await issuer.sign({
    key: 'rsa',
    alg: 'RS256',
    header: JSON.stringify({ alg: 'RS256', typ: 'JWT', ...(kid === undefined ? {} : { kid }) }),
    claims: JSON.stringify(plainClaims(issuer)),
  })
  const names = Object.keys(sources)
  const trust = TrustPolicy.parse({
    issuer: issuer.issuer,
    keys: names.map((name) => ({ kind: 'jwks-url', url: url(name) })),
    keyUse: { unnamed },
  })
  const asked: string[] = []
  const keys = async (source: RemoteKeySource, { again, knownOnly }: KeyRequest): Promise<KeySet> => {
    const name = names.find((one) => url(one) === source.url) ?? ''
    const [first, renewed = first] = sources[name] ?? [ok()]
    asked.push(`${name}${again ? ' again' : ''}${knownOnly ? ' known' : ''}`)
    return again ? renewed : first
  }
  const verdict = await verify({ token, trust, keys, now: issuer.now })
  return { asked, verdict, outcome: verdict.accepted ? 'accepted' : verdict.decisive?.reason }
}

describe('when no key verifies, the source is asked again', () => {
  test('for a key that was replaced under the same kid', async () => {
    const { asked, outcome } = await judge({ sources: { a: [ok(key('rsa-2', 'k')), ok(key('rsa', 'k'))] }, kid: 'k' })
    expect(outcome).toBe('accepted')
    expect(asked).toEqual(['a', 'a again'])
  })

  test('for a key without a kid that was replaced by another, whether or not the token names one', async () => {
    expect((await judge({ sources: { a: [ok(key('rsa-2')), ok(key('rsa'))] } })).outcome).toBe('accepted')
    expect((await judge({ sources: { a: [ok(key('rsa-2')), ok(key('rsa', 'k'))] }, kid: 'k' })).outcome).toBe(
      'accepted',
    )
  })

  test('for a kid that no source had', async () => {
    const { outcome } = await judge({ sources: { a: [ok(key('rsa-2', 'old')), ok(key('rsa', 'k'))] }, kid: 'k' })
    expect(outcome).toBe('accepted')
  })

  test('for a key of another type under the same kid, and for one of two that fit where only one may', async () => {
    const sources: World['sources'] = { a: [ok({ ...issuer.publicJwk('p256'), kid: 'k' }), ok(key('rsa', 'k'))] }
    expect((await judge({ sources, kid: 'k' })).outcome).toBe('accepted')
    const two: World['sources'] = { a: [ok(key('rsa', 'x'), key('rsa-2', 'y')), ok(key('rsa', 'x'))] }
    expect((await judge({ sources: two, unnamed: 'only' })).outcome).toBe('accepted')
  })

  test('only the one whose key was tried, where the kid is known, and every one where it is not', async () => {
    const sources: World['sources'] = {
      a: [ok(key('rsa-2', 'x'))],
      b: [ok(key('rsa-2', 'k'))],
      c: [ok(key('rsa-2', 'k'))],
    }
    expect((await judge({ sources, kid: 'k' })).asked).toEqual(['a', 'b', 'c', 'b again'])
    expect((await judge({ sources, kid: 'z' })).asked.slice(3)).toEqual(['a again', 'b again', 'c again'])
  })

  test('and not when a key verified, nor a second time when nothing is new', async () => {
    expect((await judge({ sources: { a: [ok(key('rsa', 'k'))] }, kid: 'k' })).asked).toEqual(['a'])
    const { asked, outcome } = await judge({ sources: { a: [ok(key('rsa-2', 'k'))] }, kid: 'k' })
    expect(asked).toEqual(['a', 'a again'])
    expect(outcome).toBe('signature_invalid')
  })

  test('and what it gives then is judged as strictly as before', async () => {
    const { outcome } = await judge({ sources: { a: [ok(key('rsa-2', 'k')), ok(key('rsa-2', 'k'))] }, kid: 'k' })
    expect(outcome).toBe('signature_invalid')
  })
})

describe('one token', () => {
  const many = (count: number, right: number): World['sources'] =>
    Object.fromEntries(
      Array.from({ length: count }, (_, at) => [`s${at}`, [ok(key(at === right ? 'rsa' : 'rsa-2', `k${at}`))]]),
    )

  test('is worth asking ten sources, in the order of the trust; the others give what needs no fetch', async () => {
    const { asked, outcome, verdict } = await judge({ sources: many(100, 99), kid: 'unknown' })
    const fetching = asked.filter((one) => !one.endsWith('known'))
    expect(new Set(fetching.map((one) => one.split(' ')[0]))).toEqual(
      new Set(Array.from({ length: 10 }, (_, at) => `s${at}`)),
    )
    expect(asked.filter((one) => one.endsWith('again'))).toHaveLength(10)
    expect(outcome).toBe('key_not_found')
    expect(verdict.checks.find(({ id }) => id === 'keys.source')?.status).toBe('pass')
  })

  test('is verified by a key of the eleventh source if that key is known', async () => {
    expect((await judge({ sources: many(12, 10), kid: 'k10' })).outcome).toBe('accepted')
  })

  test('is told that sources were left out, when one of the ten gave no key for it', async () => {
    const sources = many(12, 11)
    sources.s11 = [{ status: 'unavailable', reason: 'not-asked', message: 'Not asked.', fix: 'Less.' }]
    const { outcome, verdict } = await judge({ sources, kid: 'k11' })
    expect(outcome).toBe('key_not_found')
    expect(verdict.checks.find(({ id }) => id === 'keys.source')).toMatchObject({
      status: 'warn',
      message: expect.stringMatching(/1 of 12 key sources were not fetched: a login fetches only the first 10/),
    })
  })
})

test('the last good keys from the future are not as young as they say: a trust that limits their age refuses them', async () => {
  const trust = TrustPolicy.parse({
    issuer: issuer.issuer,
    keys: [{ kind: 'jwks-url', url: url('a') }],
    keyUse: { staleSecondsMax: 3600 },
  })
  const made = async (fetchedAt: number) => {
    const token = await issuer.sign({
      key: 'rsa',
      alg: 'RS256',
      header: '{"alg":"RS256","kid":"k"}',
      claims: JSON.stringify(plainClaims(issuer)),
    })
    const stale = { since: issuer.now, reason: 'unreachable', message: 'Refused.' } as const
    const set: KeySet = { status: 'ok', keys: [key('rsa', 'k')], fetchedAt, stale }
    return verify({ token, trust, keys: async () => set, now: issuer.now })
  }
  expect((await made(issuer.now - 10)).accepted).toBe(true)
  expect((await made(issuer.now + 86_400)).decisive?.reason).toBe('key_source_unavailable')
})
