import { expect, test } from 'vitest'
import { isRequestId } from '@/lib/ids'
import { seededRandom } from '../demo/random'
import { actRow } from './acts'
import { withOwnSources } from './own-sources'
import type { Prototype } from './prototypes'
import { busyIdentity, dayCounter, identityRows, isListed, loginRows, madeFrom, refusalNotes } from './rows'

const made = new Date('2026-06-01T00:00:00Z')
const at = new Date('2026-11-02T09:00:00Z')
const url = 'https://issuer.example/jwks.json'

const prototype: Prototype = {
  identity: { id: 'identity-0', name: 'bot', organizationId: 'o', createdAt: made },
  trust: {
    ...{ id: 'trust-0', identityId: 'identity-0', name: 'bot', kind: 'jwt', sequence: '4' },
    keys: JSON.stringify([{ kind: 'jwks-url', url, caCert: '' }]),
  },
  keySources: [{ trustId: 'trust-0', organizationId: 'o', sourceId: 'source', name: 'bot' }],
  ownSources: [],
  audit: [
    { id: 'a', targetId: 'identity-0', targetName: 'bot', before: null, after: '{"id":"identity-0","name":"bot"}' },
    { id: 'b', targetId: 'trust-0', targetName: 'bot', before: null, after: '{"id":"trust-0","of":"identity-0"}' },
  ],
  acts: [
    {
      ...{ id: 'c', action: 'trust.updated', targetKind: 'trust', targetId: 'trust-0', targetName: 'bot' },
      ...{ before: '{"id":"trust-0","version":1}', after: '{"id":"trust-0","version":2}' },
    },
    {
      id: 'd',
      action: 'access-token.revoked',
      targetKind: 'access-token',
      targetId: 'token-0',
      targetName: 'collector',
      before: null,
      after: null,
    },
  ],
  accepted: [{ id: 'r', accepted: true, reason: null, method: 'jwt', trace: '{}' }],
  refused: [{ id: 's', accepted: false, reason: 'token_expired', method: 'jwt', trace: '{}' }],
  accessToken: {
    ...{ id: 't', createdAt: made, expiresAt: new Date('2026-06-01T00:15:00Z') },
    maxExpiresAt: new Date('2026-06-01T01:00:00Z'),
  },
}

test('the rows of an identity refer to each other, and to nothing of the prototype', () => {
  const one = madeFrom([prototype], 7)
  const { identity, trust, keySources, audit } = identityRows(one, made, at)
  expect(identity).toMatchObject({ id: one.id, name: one.name, lastLoginAt: at, lastLoginMethod: 'jwt' })
  expect(trust).toMatchObject({ id: one.trustId, identityId: one.id, name: one.name })
  expect(keySources).toEqual([{ trustId: one.trustId, organizationId: 'o', sourceId: 'source', name: one.name }])
  expect(audit).toMatchObject([
    { targetId: one.id, targetName: one.name, after: JSON.stringify({ id: one.id, name: one.name }) },
    { targetId: one.trustId, after: JSON.stringify({ id: one.trustId, of: one.id }) },
  ])
  expect(JSON.stringify([identity, trust, keySources, audit])).not.toMatch(/identity-0|trust-0/)
})

test('identities of one prototype have ids and names of their own', () => {
  const all = Array.from({ length: 100 }, (_, at) => madeFrom([prototype], at))
  for (const part of ['id', 'trustId', 'name'] as const) expect(new Set(all.map((one) => one[part])).size).toBe(100)
})

test('an accepted login has a decision and the access token it names, good for as long as the prototype’s', () => {
  const one = madeFrom([{ ...prototype, refused: [] }], 0)
  const { decision, accessToken } = loginRows(one, at, seededRandom(1))
  expect(isRequestId(String(decision.id))).toBe(true)
  expect(decision).toMatchObject({ at, accepted: true, identityId: one.id, trustId: one.trustId })
  expect(accessToken).toMatchObject({
    ...{ id: decision.accessTokenId, identityId: one.id, trustId: one.trustId, createdAt: at },
    ...{ expiresAt: new Date('2026-11-02T09:15:00Z'), maxExpiresAt: new Date('2026-11-02T10:00:00Z') },
  })
})

test('some logins are refused, and have no access token', () => {
  const random = seededRandom(1)
  const all = Array.from({ length: 1_000 }, () => loginRows(madeFrom([prototype], 0), at, random))
  const refused = all.filter(({ decision }) => decision.accepted === false)
  expect(refused.length).toBeGreaterThan(20)
  expect(refused.length).toBeLessThan(120)
  for (const { decision, accessToken } of refused) {
    expect([decision.accessTokenId, accessToken]).toEqual([null, null])
  }
})

test('acts of people on an identity name that identity, and each change of a trust follows the one before', () => {
  const [one, versions, random] = [madeFrom([prototype], 7), new Map<string, number>(), seededRandom(1)]
  const by = { id: 'user-1', name: 'Ada', email: 'ada@example.com' }
  const [updated, revoked] = prototype.acts
  const rows = [updated, updated, revoked].map((act) => actRow(act ?? {}, one, by, at, random, versions))
  const byAda = { at, actorKind: 'user', actorId: 'user-1', actorName: 'Ada' }
  const state = (version: number) => JSON.stringify({ id: one.trustId, version })
  expect(rows).toMatchObject([
    { ...byAda, targetId: one.trustId, targetName: one.name, before: state(1), after: state(2) },
    { ...byAda, targetId: one.trustId, targetName: one.name, before: state(2), after: state(3) },
    { ...byAda, targetName: 'collector', before: null, after: null },
  ])
  expect(JSON.stringify(rows)).not.toMatch(/trust-0|token-0/)
})

test('refused logins are noted for the evidence log as the product notes them, accepted ones are not', () => {
  const decisions = [...prototype.accepted, ...prototype.refused].map((row) => ({
    ...{ ...row, at, organizationId: 'o', repeats: null, lastAt: null },
  }))
  expect(refusalNotes(decisions)).toMatchObject([{ recordId: 's', kind: 'refused', organizationId: 'o', at }])
})

test('some identities log in often, some never', () => {
  const random = seededRandom(1)
  const all = Array.from({ length: 10_000 }, () => busyIdentity(1_000, random))
  expect(all.filter((at) => at < 125).length).toBeGreaterThan(4_000)
  expect(Math.max(...all)).toBeLessThan(800)
})

test('logins are counted by day, method, outcome and reason', () => {
  const counter = dayCounter('o')
  for (const reason of [null, null, 'token_expired']) {
    counter.add({ at, method: 'jwt', accepted: reason === null, reason })
  }
  const day = { organizationId: 'o', day: '2026-11-02', method: 'jwt' }
  expect(counter.rows()).toEqual([
    { ...day, accepted: true, reason: '', count: 2 },
    { ...day, accepted: false, reason: 'token_expired', count: 1 },
  ])
})

test('an access token is listed for some days after its end', () => {
  const token = { expiresAt: at }
  const after = (days: number) => new Date(at.getTime() + days * 24 * 3600 * 1000)
  expect([isListed(token, after(29), 30), isListed(token, after(31), 30)]).toEqual([true, false])
})

test('with many identities some have key sources of their own, each written once and never fetched', () => {
  expect(withOwnSources([prototype], 599)).toEqual([prototype])
  const [first, second, third] = withOwnSources([prototype], 1_200)
  expect(first).toBe(prototype)
  for (const variant of [second, third]) {
    const [named] = variant?.ownSources ?? []
    expect(variant?.trust.keys).toContain(named?.url)
    expect(variant?.keySources).toMatchObject([{ sourceId: named?.sourceId, trustId: 'trust-0' }])
    expect(named?.dueAt).toBeInstanceOf(Date)
  }
  expect(second?.ownSources[0]?.sourceId).not.toBe(third?.ownSources[0]?.sourceId)
})
