import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { openSqlite } from '@/lib/db/sqlite/connection'
import { keySourceId } from '@/lib/net/key-cache'
import type { RemoteKeySource } from '@/lib/trust/policy'
import type { Context } from '../context'
import { checkSources } from './check-sources'
import { countAlarms } from './count-alarms'
import { getKeySource } from './get-key-source'
import { listKeySources } from './list-key-sources'
import { recordFetch } from './record-fetch'
import { refreshDueSources } from './refresh-due-sources'
import { isSourceNamed, isSourceNamedBy } from './sources-in-use'
import { fillKeySources } from './sweep-trusts'

const databases = bothDatabases()
const source = (name: string): RemoteKeySource => ({
  kind: 'jwks-url',
  url: `https://${name}.example/jwks`,
  caCert: '',
})
const now = new Date('2026-08-01T12:00:00.000Z')

describe.each(databaseNames)('on %s', (name) => {
  const organizationId = randomUUID()
  beforeAll(async () => {
    const db = databases.client(name)
    await db.organization.create({ data: { id: organizationId, name: 'Acme', slug: organizationId } })
    const trust = (keys: object[], over: object = {}) => ({
      ...{ id: randomUUID(), organizationId, kind: 'issuer', name: 'partner', keys: JSON.stringify(keys) },
      ...{ algorithms: '[]', rules: '[]', lifetime: '{}', grant: '{}', ...over },
    })
    await db.trust.createMany({
      data: [
        ...Array.from({ length: 1_050 }, () => trust([source('shared'), source('shared')])),
        ...Array.from({ length: 4 }, (_, at) => trust([source(`own-${at}`)])),
        trust([source('off')], { enabled: false }),
        trust([], { keys: 'not JSON' }),
      ],
    })
    await fillKeySources({ db, holder: 'test' })
  })
  const db = () => databases.client(name)
  const ctx = () =>
    ({
      ...{ db: db(), now: () => now, organizationId },
      actor: { kind: 'user', id: randomUUID(), name: 'Ada', role: 'auditor', sessionId: '' },
    }) as unknown as Context
  const idOf = (host: string) => keySourceId(source(host))

  test('a source that many trusts share names a hundred of them, ten in a list, and counts a thousand', async () => {
    const counted = { usedByCount: 1_000, isUsedByMore: true }
    const one = await getKeySource(ctx(), idOf('shared'))
    expect(one).toMatchObject(counted)
    expect(one.usedBy).toHaveLength(100)
    const { sources } = await listKeySources(ctx(), { search: 'shared' })
    expect(sources).toMatchObject([counted])
    expect(sources[0]?.usedBy).toHaveLength(10)
  })

  test('the background asks each source of enabled trusts once, and a row that cannot be read stops nothing', async () => {
    const asked: string[] = []
    const refresh = async ({ url }: RemoteKeySource) => {
      asked.push(new URL(url).hostname)
      return Promise.reject(new Error('not asked here'))
    }
    await refreshDueSources({ db: db(), keys: { refresh }, now })
    expect(asked.toSorted()).toEqual([
      'own-0.example',
      'own-1.example',
      'own-2.example',
      'own-3.example',
      'shared.example',
    ])
  })

  test('a list of sources comes in pages, by URL, each source once', async () => {
    const urls: string[] = []
    for (let cursor: string | undefined, page = 0; page < 10; page++) {
      const { sources, next, total } = await listKeySources(ctx(), { limit: 4, cursor })
      expect(total).toBe(cursor === undefined ? 6 : null)
      urls.push(...sources.map(({ url }) => url))
      if (next === null) break
      cursor = next
    }
    expect(urls).toEqual(['off', 'own-0', 'own-1', 'own-2', 'own-3', 'shared'].map((host) => source(host).url))
  })

  test('a search finds a source by its id and by part of its URL', async () => {
    const urlsOf = async (search: string) => (await listKeySources(ctx(), { search })).sources.map(({ url }) => url)
    expect(await urlsOf(idOf('own-1'))).toEqual([source('own-1').url])
    expect(await urlsOf('own-2')).toEqual([source('own-2').url])
    expect(await urlsOf('own_2')).toEqual([])
  })

  test('whether a source is named is asked of its kind, URL and CA, not of its URL alone', async () => {
    expect(await isSourceNamed(db(), idOf('own-1'))).toBe(true)
    expect(await isSourceNamedBy(db(), organizationId, idOf('own-1'))).toBe(true)
    expect(await isSourceNamedBy(db(), randomUUID(), idOf('own-1'))).toBe(false)
    expect(await isSourceNamed(db(), keySourceId({ ...source('own-1'), caCert: 'another' }))).toBe(false)
  })

  test('sources with alarms are a list of their own, and their alarms are counted without the others', async () => {
    expect(await countAlarms(ctx())).toEqual({ alarmCount: 0, isMore: false })
    const keySet = { status: 'unavailable', reason: 'unreachable', message: 'Refused.', fix: 'Look.' } as const
    await recordFetch(db(), { source: source('own-3'), result: { keySet, cacheSeconds: 0, latencyMs: 1 }, at: now })
    expect(await countAlarms(ctx())).toEqual({ alarmCount: 1, isMore: false })
    const { sources, alarmCount } = await listKeySources(ctx(), { alarms: 'true' })
    expect(sources.map(({ url }) => url)).toEqual([source('own-3').url])
    expect(alarmCount).toBe(1)
  })

  test('a source whose trusts were removed behind our back is no longer listed, and its row ends with the next check', async () => {
    await db().trust.deleteMany({ where: { keys: { contains: 'own-0' } } })
    await expect(getKeySource(ctx(), idOf('own-0'))).rejects.toMatchObject({ kind: 'not-found' })
    expect((await listKeySources(ctx(), { search: 'own-0' })).sources).toEqual([])
    await checkSources(db(), new Date(now.getTime() + 3_600_000))
    expect(await isSourceNamed(db(), idOf('own-0'))).toBe(false)
  })
})

test('on sqlite, a page that names more trusts than a statement takes is read while another process writes', async () => {
  const db = databases.client('sqlite')
  const organizationId = randomUUID()
  await db.organization.create({ data: { id: organizationId, name: 'Wide', slug: organizationId } })
  const trusts = Array.from({ length: 1_000 }, (_, at) => ({
    ...{ id: randomUUID(), organizationId, kind: 'issuer', name: 'partner' },
    ...{ keys: JSON.stringify([source(`wide-${at % 100}`)]) },
    ...{ algorithms: '[]', rules: '[]', lifetime: '{}', grant: '{}' },
  }))
  await db.trust.createMany({ data: trusts })
  await db.keySourceSweep.deleteMany()
  await fillKeySources({ db, holder: 'test' })
  const actor = { kind: 'user', id: randomUUID(), name: 'Ada', role: 'auditor', sessionId: '' }
  const ctx = { db, now: () => now, organizationId, actor } as unknown as Context
  const other = await openSqlite(databases.url('sqlite').slice('file:'.length))
  other.exec('BEGIN IMMEDIATE')
  try {
    const { sources } = await listKeySources(ctx, { limit: 100 })
    expect(sources.flatMap(({ usedBy }) => usedBy)).toHaveLength(1_000)
  } finally {
    other.exec('ROLLBACK')
    await other.close()
  }
})
