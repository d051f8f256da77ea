import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import type { Db } from '@/lib/db/client'
import { newRequestId } from '@/lib/ids'
import { keySourceId } from '@/lib/net/key-cache'
import { toIssuerDraft } from '@/lib/trust/kinds/issuer'
import type { KeySource, RemoteKeySource } from '@/lib/trust/policy'
import type { Context } from '../context'
import { createIdentity } from '../identity/create-identity'
import { removeIdentity } from '../identity/remove-identity'
import { createTrust } from '../trust/create-trust'
import { removeTrust } from '../trust/remove-trust'
import { enterStaticIssuers, holdStaticIssuers } from '../trust/static-issuers'
import { updateTrust } from '../trust/update-trust'
import { sourceReader } from './stored-sources'
import { fillKeySources, sweepTrusts } from './sweep-trusts'

const databases = bothDatabases()
const at = new Date('2026-06-01T12:00:00Z')
const later = new Date(at.getTime() + 3_600_000)

/** A sequence of numbers that looks random and is the same in every run (Lehmer, Park and Miller 1988). */
function lehmer(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

const remote = (at: number): RemoteKeySource => ({
  kind: at % 2 === 0 ? 'jwks-url' : 'oidc-discovery',
  url: `https://issuer-${at}.example`,
  caCert: '',
})
const inline: KeySource = {
  kind: 'inline-jwk',
  jwk: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', kid: 'a' },
}

/** What the tables must say, computed from the trusts alone. */
async function computed(db: Db, organizationId: string) {
  const read = sourceReader()
  const trusts = await db.trust.findMany({ where: { organizationId } })
  const uses = trusts.flatMap(({ id: trustId, name, enabled, issuer, keys }) =>
    [...read(keys).keys()].map((sourceId) => ({ trustId, organizationId, sourceId, name, enabled, issuer })),
  )
  const named = [...new Set(uses.map(({ sourceId }) => sourceId))].map((sourceId) => ({
    sourceId,
    isDue: uses.some((use) => use.sourceId === sourceId && use.enabled),
  }))
  return { uses: sorted(uses), named: sorted(named) }
}

async function written(db: Db, organizationId: string) {
  const uses = await db.trustKeySource.findMany({ where: { organizationId } })
  const named = await db.namedKeySource.findMany({ where: { organizationId } })
  return {
    uses: sorted(uses),
    named: sorted(named.map(({ sourceId, dueAt }) => ({ sourceId, isDue: dueAt !== null }))),
  }
}

const sorted = (rows: object[]) => rows.map((row) => JSON.stringify(row, Object.keys(row).sort())).sort()

describe.each(databaseNames)('on %s', (name) => {
  const organizationId = randomUUID()
  const db = () => databases.client(name)
  const ctx = (): Context => ({
    ...{ db: db(), now: () => at, requestId: newRequestId(), ip: null, userAgent: null, organizationId },
    keys: { get: unasked, refresh: unasked, forget: () => {} },
    keySourceRecorder: { fetched: () => {}, judged: () => {}, settled: async () => {} },
    actor: { kind: 'user', id: userId, name: 'Ada', role: 'admin', sessionId: '' },
  })
  const userId = randomUUID()
  const expectEqual = async () =>
    expect(await written(db(), organizationId)).toEqual(await computed(db(), organizationId))

  beforeAll(async () => {
    await db().organization.create({ data: { id: organizationId, name: 'Acme', slug: organizationId } })
    await db().user.create({ data: { id: userId, name: 'Ada', email: `${userId}@example.com` } })
    await db().membership.create({ data: { id: randomUUID(), userId, organizationId, role: 'admin' } })
  })

  test('after every kind of change the derived tables agree with the trusts', async () => {
    const random = lehmer(name.length)
    const keysOf = (): KeySource[] => [...Array.from({ length: random(3) }, () => remote(random(5))), inline]
    const identities: string[] = []
    const any = async () => {
      const all = await db().trust.findMany({ where: { organizationId }, orderBy: { id: 'asc' } })
      const trusts = all.filter(({ issuer }) => !issuer?.includes('//static-'))
      return trusts[random(Math.max(1, trusts.length))]
    }
    const acts: (() => Promise<unknown>)[] = [
      async () => {
        const { id: identityId } = await createIdentity(ctx(), { name: 'robot', role: 'member', metadata: [] })
        identities.push(identityId)
        return createTrust(ctx(), { kind: 'jwt', identityId, name: `robot ${random(9)}`, keys: keysOf() })
      },
      async () => {
        const options = { project: 'p', internal: false, static: false }
        const draft = toIssuerDraft({ issuer: `https://partner-${random(1_000_000)}.example`, keys: keysOf() }, options)
        return createTrust(ctx(), draft)
      },
      async () => {
        const trust = await any()
        const change = { keys: keysOf(), enabled: random(2) === 0, name: `name ${random(9)}` }
        return trust && updateTrust(ctx(), { id: trust.id }, (before) => ({ ...before, ...change }))
      },
      async () => {
        const trust = await any()
        return trust && updateTrust(ctx(), { id: trust.id }, (before) => ({ ...before, enabled: !before.enabled }))
      },
      async () => {
        const trust = await any()
        return trust && removeTrust(ctx(), { id: trust.id })
      },
      async () => {
        const [id] = identities.splice(random(Math.max(1, identities.length)), 1)
        return id && removeIdentity(ctx(), id)
      },
      async () => {
        const issuers = Array.from({ length: random(3) }, (_, at) =>
          toIssuerDraft({ issuer: `https://static-${at}.example`, keys: keysOf() }, { project: 'p', static: true }),
        )
        holdStaticIssuers({ issuers, isStatic: ({ issuer }) => issuer?.includes('//static-') === true })
        return db().$transaction((tx) => enterStaticIssuers(tx, ctx(), organizationId))
      },
    ]
    await expectEqual()
    for (let turn = 0; turn < 60; turn++) {
      await acts[random(acts.length)]?.()
      await expectEqual()
    }
    expect((await written(db(), organizationId)).uses.length).toBeGreaterThan(0)
  })

  test('a trust that cannot be read is removed with what was written of its sources', async () => {
    const draft = toIssuerDraft(
      { issuer: 'https://broken.example', keys: [remote(77)] },
      { project: 'p', internal: false, static: false },
    )
    const { id } = await createTrust(ctx(), draft)
    await db().trust.update({ where: { id }, data: { keys: '{"broken' } })
    await removeTrust(ctx(), { id })
    const where = { sourceId: keySourceId(remote(77)) }
    expect(await db().trustKeySource.count({ where })).toBe(0)
    expect(await db().namedKeySource.count({ where })).toBe(0)
  })

  test('a database of an older version is filled once, in batches, and an interrupted start goes on', async () => {
    await db().namedKeySource.deleteMany()
    await db().trustKeySource.deleteMany()
    await db().keySourceSweep.deleteMany()
    const policy = { algorithms: '[]', rules: '[]', lifetime: '{}', grant: '{}', updatedAt: at }
    await db().trust.createMany({
      data: Array.from({ length: 450 }, (_, n) => ({
        ...{ id: randomUUID(), organizationId, kind: 'issuer', name: 'old', enabled: n % 3 > 0, ...policy },
        keys: n % 50 === 0 ? 'not JSON' : JSON.stringify([remote(n % 7), inline]),
      })),
    })
    let turns = 0
    const stopping = () => {
      if (++turns > 4) throw new Error('the power went out')
      return later
    }
    await expect(fillKeySources({ db: db(), holder: 'a', now: stopping })).rejects.toThrow('the power went out')
    expect(await db().keySourceSweep.findFirst()).toMatchObject({ isFilled: false })
    // Another server waits until the lease of the first one has ended.
    let clock = later
    const wait = async () => {
      clock = new Date(clock.getTime() + 120_000)
    }
    await fillKeySources({ db: db(), holder: 'b', now: () => clock, wait })
    await expectEqual()
    expect(await db().keySourceSweep.findFirst()).toMatchObject({ isFilled: true })
    expect(await db().lease.count({ where: { name: 'key-source-fill' } })).toBe(0)
  })

  test('a change by a server of an older version is written a little later', async () => {
    const trusts = await db().trust.findMany({ where: { organizationId }, orderBy: { id: 'asc' }, take: 3 })
    const [first, second, third] = trusts.map(({ id }) => id)
    const keys = JSON.stringify([remote(42)])
    const updatedAt = new Date(later.getTime() + 600_000)
    await db().trust.update({ where: { id: first }, data: { keys, updatedAt } })
    await db().trust.update({ where: { id: second }, data: { enabled: false, updatedAt } })
    await db().trust.delete({ where: { id: third } })
    await sweepTrusts(db(), new Date(updatedAt.getTime() + 121_000))
    const { uses } = await computed(db(), organizationId)
    expect((await written(db(), organizationId)).uses).toEqual(uses)
  })
})

const unasked = () => Promise.reject(new TypeError('no key is fetched here'))
