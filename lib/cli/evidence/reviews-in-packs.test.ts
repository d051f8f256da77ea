import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { itemOf, startedReview, wideIdentity } from '@/e2e/fixtures/access-reviews'
import { databaseNames } from '@/e2e/fixtures/both-databases'
import { sealAll } from '@/e2e/fixtures/sealed-log'
import { useService } from '@/e2e/fixtures/service'
import { runKeybound } from '@/e2e/fixtures/terminal'
import { unzipped, zipped } from '@/e2e/fixtures/zip-files'
import { closeReview } from '@/lib/services/access-review/close-review'
import { decideItem } from '@/lib/services/access-review/decide-item'
import type { Context } from '@/lib/services/context'
import { evidenceKeySet } from '@/lib/services/evidence/evidence-key'
import { addCheckpoint } from '@/lib/services/evidence/make-checkpoint'
import { evidencePack } from '@/lib/services/evidence/pack/evidence-pack'

const folder = mkdtempSync(path.join(tmpdir(), 'keybound-review-pack-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const saved = async (name: string, content: Buffer | string) => {
  const file = path.join(folder, name)
  await writeFile(file, content)
  return file
}

const why = 'It is used by the nightly release.'

describe.each(databaseNames)('on %s', (name) => {
  const service = useService(name)
  let admin: Context
  let keys: string
  let one: Awaited<ReturnType<typeof wideIdentity>>
  let other: Awaited<ReturnType<typeof wideIdentity>>
  let reviewId: string

  beforeAll(async () => {
    admin = (await service.person('admin', 'Ada')).ctx
    const bob = (await service.person('admin', '@Bob')).ctx
    ;[one, other] = [await wideIdentity(admin, '=1+1'), await wideIdentity(admin, 'unrelated')]
    reviewId = (await startedReview(admin, { kinds: ['trust', 'identity'] }, { name: '=Quarter' })).id
    await startedReview(admin, { kinds: ['person'] }, { name: 'Only people' })
    const place = async (thingId: string) => ({ reviewId, number: (await itemOf(admin, reviewId, thingId)).number })
    await decideItem(admin, await place(one.trust.id), { decision: 'narrow', reason: 'It lets everyone in.' })
    await decideItem(bob, await place(one.trust.id), { decision: 'keep', reason: why, version: 1 })
    await decideItem(admin, await place(other.trust.id), { decision: 'keep', reason: why })
    await closeReview(admin, reviewId)
    await sealAll(service.db, admin.now())
    await addCheckpoint(service.db, service.organizationId, admin.now())
    keys = await saved(`keys-${name}.json`, JSON.stringify({ keys: await evidenceKeySet(service.db) }))
  })

  const filesOf = async (query: Parameters<typeof evidencePack>[1]) =>
    unzipped(await buffer(await evidencePack(admin, query)))
  const verify = async (files: [string, Buffer | string][]) =>
    runKeybound(['audit', 'verify', await saved(`pack-${name}.zip`, await zipped(files)), '--key', keys])
  const textOf = (all: [string, Buffer][], file: string) => all.find(([name]) => name === file)?.[1].toString() ?? ''
  const linesOf = (all: [string, Buffer][], file: string) =>
    textOf(all, file)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))

  test('a pack holds the reviews that cover its trusts, and of their items those about them', async () => {
    const all = await filesOf({ trusts: one.trust.id })
    expect(linesOf(all, 'access-reviews.ndjson')).toMatchObject([
      { id: reviewId, name: '=Quarter', state: 'closed', kept: 2, undecided: 2, closedByName: 'Ada' },
    ])
    const items = linesOf(all, 'access-review-items.ndjson')
    expect(items.map(({ thingId }) => thingId).sort()).toEqual([one.trust.id, one.identity.id].sort())
    expect(items.find(({ thingId }) => thingId === one.trust.id)).toMatchObject({
      ...{ reviewId, decision: 'kept', reason: why, decidedByName: '@Bob', isWide: true },
      ...{ overrode: 'narrowing', overrodeByName: 'Ada', overrodeReason: 'It lets everyone in.' },
    })
    const acts = linesOf(all, 'audit-log.ndjson').flatMap(({ record }) => record?.action ?? [])
    const ofReviews = acts.filter((action: string) => action.startsWith('review.'))
    expect(ofReviews.sort()).toEqual([
      ...['review.closed', 'review.collected', 'review.decision-overridden', 'review.item-decided', 'review.started'],
    ])
    for (const [file, content] of all) expect([file, content.includes(other.trust.id)]).toEqual([file, false])
    expect(await verify(all)).toMatchObject({ code: 0, out: expect.stringMatching(/^Intact: 9 files/) })
  })

  test('a pack of all holds every review and every item, and one of an identity those about it', async () => {
    const all = await filesOf({})
    const names = linesOf(all, 'access-reviews.ndjson').map(({ name }) => name)
    expect(names.sort()).toEqual(['=Quarter', 'Only people'])
    const stored = await service.db.accessReviewItem.count()
    expect(linesOf(all, 'access-review-items.ndjson')).toHaveLength(stored)
    expect(textOf(all, 'access-review-items.csv').trim().split('\r\n')).toHaveLength(stored + 1)
    expect((await verify(all)).code).toBe(0)
    const ofIdentity = linesOf(await filesOf({ identityId: other.identity.id }), 'access-review-items.ndjson')
    expect(ofIdentity.map(({ thingId }) => thingId).sort()).toEqual([other.trust.id, other.identity.id].sort())
  })

  test('no field of the CSV begins a formula, and its columns are the members of the lines', async () => {
    const all = await filesOf({ trusts: one.trust.id })
    const csv = textOf(all, 'access-review-items.csv')
    expect(csv).toContain(",'=Quarter,")
    expect(csv).toContain(",'=1+1,")
    expect(csv).toContain(",'@Bob,")
    expect(csv).not.toMatch(/(^|,)[=@]/m)
    const [line] = linesOf(all, 'access-review-items.ndjson')
    expect(csv.split('\r\n')[0]?.split(',')).toEqual(Object.keys(line))
  })

  test.each(['access-reviews.ndjson', 'access-review-items.ndjson', 'access-review-items.csv'])(
    'a changed %s is named offline, and so is one that is missing',
    async (file) => {
      const all = await filesOf({ trusts: one.trust.id })
      const changed = all.map(([name, content]): [string, Buffer | string] => [
        name,
        name === file ? content.toString().replace('kept', 'left') : content,
      ])
      const { code, out } = await verify(changed)
      expect([code, out]).toEqual([1, expect.stringContaining(`The file ${file} was changed`)])
      const { out: missing } = await verify(all.filter(([name]) => name !== file))
      expect(missing).toContain(`The file ${file} is missing`)
    },
  )

  test('a record of a review that was changed in the database is named in the pack', async () => {
    const where = { action: 'review.decision-overridden', targetId: reviewId }
    const entry = await service.db.auditEntry.findFirstOrThrow({ where })
    await service.db.auditEntry.update({ where: { id: entry.id }, data: { reason: 'Another reason altogether.' } })
    const { code, out } = await verify(await filesOf({ trusts: one.trust.id }))
    expect([code, out]).toEqual([1, expect.stringContaining(entry.id)])
    await service.db.auditEntry.update({ where: { id: entry.id }, data: { reason: entry.reason } })
    expect((await verify(await filesOf({ trusts: one.trust.id }))).code).toBe(0)
  })
})
