import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Jwk, KeySet } from '../key-sources/key-source'
import { TrustPolicy } from '../policy'
import { createVectorIssuer, type VectorIssuer } from '../vectors'
import { mergeKeys, withoutTooOld } from './checks/key-candidates'
import { verify } from './verify'

const kid = fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { nil: undefined })
const keys = (source: number) =>
  fc.array(
    kid.map((name) => ({ jwk: (name === undefined ? {} : { kid: name }) as Jwk, source })),
    { maxLength: 6 },
  )

/** A second implementation of docs/apis/nativeframe.md, "Keys": the URL's keys, then supplied ones whose kid the URL lacks. */
test('merged are the keys of the URL, then those supplied for kids that the URL does not have', () => {
  fc.assert(
    fc.property(keys(0), keys(1), (fetched, supplied) => {
      const inUrl = new Set(fetched.map(({ jwk }) => jwk.kid))
      const law = [...fetched, ...supplied.filter(({ jwk }) => jwk.kid === undefined || !inUrl.has(jwk.kid))]
      expect(mergeKeys([...fetched, ...supplied])).toEqual(law)
    }),
  )
})

test('a last good set serves for as long as the trust takes it, and not a second longer', () => {
  const stale = { since: 0, reason: 'timed-out', message: 'It did not answer.' } as const
  const answer = { index: 0, isLocal: false, set: { status: 'ok', keys: [], fetchedAt: 1000, stale } as KeySet }
  expect(withoutTooOld(answer, 3600, 4600).set.status).toBe('ok')
  expect(withoutTooOld(answer, 3600, 4600.5).set).toMatchObject({ status: 'unavailable', reason: 'timed-out' })
  expect(withoutTooOld(answer, null, 1e9).set.status).toBe('ok')
  const fresh = { ...answer, set: { status: 'ok', keys: [], fetchedAt: 1000, stale: null } as KeySet }
  expect(withoutTooOld(fresh, 3600, 1e9).set.status).toBe('ok')
})

let issuer: VectorIssuer
beforeAll(async () => {
  issuer = await createVectorIssuer({ now: 1_800_000_000 })
})

type Sets = { url: KeySet | null; supplied: Jwk[] }
const ok = (...published: Jwk[]): KeySet => ({ status: 'ok', keys: published, fetchedAt: issuer.now - 60, stale: null })

async function judge({ url, supplied }: Sets, header: Record<string, unknown>, unnamed: 'any' | 'only' = 'only') {
  const token = await issuer.sign({
    key: 'rsa',
    alg: 'RS256',
    header: JSON.stringify({ alg: 'RS256', ...header }),
    claims: JSON.stringify({ exp: issuer.now + 60 }),
  })
  const trust = TrustPolicy.parse({
    keys: [
      { kind: 'jwks-url', url: 'https://issuer.example/jwks' },
      ...supplied.map((jwk) => ({ kind: 'inline-jwk', jwk })),
    ],
    keyUse: { unnamed, staleSecondsMax: 3600 },
  })
  const { accepted, decisive } = await verify({
    token,
    trust,
    now: issuer.now,
    keys: async () => {
      if (!url) throw new Error('no answer')
      return url
    },
  })
  return accepted ? 'accepted' : `${decisive?.id} ${decisive?.reason}`
}

describe('a token that names no key', () => {
  const rsa = () => issuer.publicJwk('rsa')
  const other = () => issuer.publicJwk('rsa-2')
  test('is verified by the only key that fits it', async () => {
    expect(await judge({ url: ok(rsa(), issuer.publicJwk('p256')), supplied: [] }, {})).toBe('accepted')
    expect(await judge({ url: ok(), supplied: [rsa()] }, {})).toBe('accepted')
  })
  test('is refused when two fit, wherever they come from', async () => {
    expect(await judge({ url: ok(rsa(), other()), supplied: [] }, {})).toBe('keys.kid key_ambiguous')
    expect(await judge({ url: ok(rsa()), supplied: [other()] }, {})).toBe('keys.kid key_ambiguous')
  })
  test('does not meet a supplied key whose kid the URL has', async () => {
    expect(await judge({ url: ok(rsa()), supplied: [{ ...other(), kid: 'rsa' }] }, {})).toBe('accepted')
    expect(await judge({ url: ok({ ...issuer.publicJwk('p256'), kid: 'rsa' }), supplied: [rsa()] }, {})).toBe(
      'keys.usable key_unusable',
    )
  })
  test('is tried against all fitting keys where the trust allows any', async () => {
    expect(await judge({ url: ok(other(), rsa()), supplied: [] }, {}, 'any')).toBe('accepted')
  })
})

describe('a URL that fails', () => {
  const failing = (fetchedAt: number): KeySet => ({
    ...(ok(issuer.publicJwk('rsa')) as Extract<KeySet, { status: 'ok' }>),
    fetchedAt,
    stale: { since: issuer.now, reason: 'timed-out', message: 'It did not answer.' },
  })
  test('serves its last good set for an hour', async () => {
    expect(await judge({ url: failing(issuer.now - 3600), supplied: [] }, { kid: 'rsa' })).toBe('accepted')
    expect(await judge({ url: failing(issuer.now - 3601), supplied: [] }, { kid: 'rsa' })).toBe(
      'keys.source key_source_unavailable',
    )
  })
  test('leaves the supplied keys in charge after that, and from the start', async () => {
    const supplied = [issuer.publicJwk('rsa')]
    expect(await judge({ url: failing(issuer.now - 3601), supplied }, { kid: 'rsa' })).toBe('accepted')
    expect(await judge({ url: null, supplied }, { kid: 'rsa' })).toBe('accepted')
  })
})

test('the URL wins where both have the kid', async () => {
  const url = ok({ ...issuer.publicJwk('rsa-2'), kid: 'rsa' })
  expect(await judge({ url, supplied: [issuer.publicJwk('rsa')] }, { kid: 'rsa' })).toBe('signature signature_invalid')
})
