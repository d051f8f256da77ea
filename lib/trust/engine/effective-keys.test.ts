import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Jwk, KeySet } from '../key-sources/key-source'
import { TrustPolicy } from '../policy'
import { effectiveKeysOf } from './effective-keys'

const points = Array.from({ length: 8 }, () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }),
) as Jwk[]
const point = (at: number): Jwk => points[at % points.length] ?? {}

const ok = (keys: Jwk[], more: object = {}): KeySet => ({ status: 'ok', keys, fetchedAt: null, stale: null, ...more })
const url = { kind: 'jwks-url', url: 'https://issuer.example/jwks' }

/** The trust of a URL and supplied keys, asked: the URL has answered `set`. */
function asked(set: KeySet, supplied: Jwk[], more: object = {}) {
  const trust = TrustPolicy.parse({ keys: [url, ...supplied.map((jwk) => ({ kind: 'inline-jwk', jwk }))], ...more })
  const answers = [set, ...supplied.map((jwk) => ok([jwk]))].map((answer, index) => ({
    index,
    set: answer,
    isLocal: index > 0,
  }))
  return (now = 1000) => effectiveKeysOf(trust, answers, now)
}

const kid = fc.option(fc.constantFrom('a', 'b', 'c', 'd'), { nil: undefined })
const jwk = fc
  .tuple(kid, fc.nat(7))
  .map(([name, at]): Jwk => (name === undefined ? point(at) : { ...point(at), kid: name }))

/** docs/apis/nativeframe.md, "Keys": URL keys first, then static keys whose kid is not among them. */
test('the keys of the URL count, then those supplied for kids it does not have; the others are shadowed', () => {
  fc.assert(
    fc.property(
      fc.array(jwk, { maxLength: 5 }),
      fc.uniqueArray(jwk, { maxLength: 5, selector: ({ kid }) => kid }),
      (published, supplied) => {
        const inUrl = new Set(published.flatMap(({ kid }) => kid ?? []))
        const isShadowed = ({ kid }: Jwk) => kid !== undefined && inUrl.has(kid)
        const { keys, shadowed, unavailable } = asked(ok(published), supplied)()
        const bare = (list: typeof keys) => list.map(({ jwk: { kid, ...rest } }) => ({ kid, ...rest }))
        const wanted = (list: Jwk[]) => list.map(({ kid, kty, crv, x, y }) => ({ kid, kty, crv, x, y }))
        expect(bare(keys)).toEqual(wanted([...published, ...supplied.filter((key) => !isShadowed(key))]))
        expect(bare(shadowed)).toEqual(wanted(supplied.filter(isShadowed)))
        expect(keys.slice(0, published.length).every(({ origin }) => origin === 'jwks-url')).toBe(true)
        expect([...keys.slice(published.length), ...shadowed].every(({ origin }) => origin === 'inline-jwk')).toBe(true)
        expect(unavailable).toEqual([])
      },
    ),
  )
})

test('a URL that is unavailable leaves the supplied keys, and is named with its reason', () => {
  const failure: KeySet = { status: 'unavailable', reason: 'unreachable', message: 'No answer.', fix: 'Look.' }
  const { keys, unavailable } = asked(failure, [{ ...point(0), kid: 'a' }])()
  expect(keys).toMatchObject([{ jwk: { kid: 'a' }, source: 1, origin: 'inline-jwk' }])
  expect(unavailable).toEqual([{ source: 0, failure }])
})

test('its last good keys count as long as the trust takes them, then the supplied come out of their shadow', () => {
  const stale = { since: 1000, reason: 'timed-out', message: 'No answer.' }
  const set = ok([{ ...point(0), kid: 'a' }], { fetchedAt: 1000, stale })
  const at = asked(set, [{ ...point(1), kid: 'a' }], { keyUse: { staleSecondsMax: 3600 } })
  expect(at(4600)).toMatchObject({ keys: [{ source: 0 }], shadowed: [{ source: 1 }], unavailable: [] })
  expect(at(4601)).toMatchObject({ keys: [{ source: 1 }], shadowed: [], unavailable: [{ source: 0 }] })
})

test('only public members leave, and no key that cannot verify; its kid is taken all the same', () => {
  const leaked = { ...point(0), kid: 'leak', d: 'secret' }
  const odd = { ...point(1), kid: 'b', use: 'sig', alg: 'ES256', note: 'x', x5c: ['…'] }
  const { keys, shadowed } = asked(ok([leaked, odd]), [{ ...point(2), kid: 'leak' }])()
  expect(keys.map(({ jwk }) => jwk)).toEqual([{ ...point(1), kid: 'b', use: 'sig', alg: 'ES256' }])
  expect(shadowed).toMatchObject([{ jwk: { kid: 'leak' }, source: 1 }])
})
