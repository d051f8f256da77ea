import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import type { Context } from '../context'
import { listKeySources } from './list-key-sources'
import { namedSources, sourcesInUse } from './sources-in-use'

const databases = bothDatabases()
const source = (name: string) => ({ kind: 'jwks-url', url: `https://${name}.example/jwks`, caCert: '' })

describe.each(databaseNames)('on %s', (name) => {
  const organizationId = randomUUID()
  beforeAll(async () => {
    const db = databases.client(name)
    await db.organization.create({ data: { id: organizationId, name: 'Acme', slug: organizationId } })
    const trust = (keys: object[], over: object = {}) => ({
      ...{ id: randomUUID(), organizationId, method: 'issuer', name: 'partner', keys: JSON.stringify(keys) },
      ...{ algorithms: '[]', rules: '[]', lifetime: '{}', grant: '{}', ...over },
    })
    await db.trust.createMany({
      data: [
        ...Array.from({ length: 250 }, () => trust([source('shared'), source('shared')])),
        ...Array.from({ length: 4 }, (_, at) => trust([source(`own-${at}`)])),
        trust([source('off')], { enabled: false }),
        trust([], { keys: 'not JSON' }),
      ],
    })
  })
  const db = () => databases.client(name)
  const ctx = () =>
    ({
      ...{ db: db(), now: () => new Date(), organizationId },
      actor: { kind: 'user', id: randomUUID(), name: 'Ada', role: 'auditor', sessionId: '' },
    }) as unknown as Context

  test('a source that many trusts share names a hundred of them and counts all', async () => {
    const shared = (await sourcesInUse(db(), { organizationId })).find(({ source }) => source.url.includes('shared'))
    expect(shared?.usedBy).toHaveLength(100)
    expect(shared?.usedByCount).toBe(250)
  })

  test('what the background refreshes is each source once, of enabled trusts, and a row that cannot be read stops nothing', async () => {
    const hosts = (await namedSources(db(), { enabled: true })).map(({ source }) => new URL(source.url).hostname)
    expect(hosts).toEqual(['own-0.example', 'own-1.example', 'own-2.example', 'own-3.example', 'shared.example'])
    expect((await namedSources(db())).map(({ id }) => id)).toEqual(
      (await sourcesInUse(db(), { organizationId })).map(({ id }) => id),
    )
  })

  test('a list of sources comes in pages, and a place that is gone ends it', async () => {
    const urls: string[] = []
    for (let after: string | undefined, page = 0; page < 10; page++) {
      const { sources, next, total } = await listKeySources(ctx(), { limit: 4, after })
      expect(total).toBe(6)
      urls.push(...sources.map(({ url }) => url))
      if (next === null) break
      after = next
    }
    expect(urls).toHaveLength(6)
    expect(new Set(urls).size).toBe(6)
    expect(await listKeySources(ctx(), { after: 'ab'.repeat(32) })).toMatchObject({ sources: [], next: null })
  })
})
