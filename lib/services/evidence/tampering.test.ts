import { beforeEach, describe, expect, test } from 'vitest'
import { withoutGuards } from '@/e2e/fixtures/append-only'
import { bothDatabases, withPartitions } from '@/e2e/fixtures/both-databases'
import {
  act,
  at,
  decide,
  decision,
  minutesLater,
  newOrganization,
  sealAll,
  sealedLog,
  verified,
} from '@/e2e/fixtures/sealed-log'
import { linkHash, nextLink, originHash } from '@/lib/db/evidence/record-digest'
import { newId } from '@/lib/ids'
import { getLogHead } from './export-log'
import { addCheckpoint, addDailyCheckpoints } from './make-checkpoint'

const databases = bothDatabases({ from: new Date('2026-05-18'), to: new Date('2026-06-15') })

describe.each(withPartitions)('on %s', (name) => {
  const db = () => databases.client(name)
  let log: string

  beforeEach(async () => {
    log = await sealedLog(db())
  })

  const entries = () => db().auditEntry.findMany({ where: { organizationId: log }, orderBy: { id: 'asc' } })
  const decisions = () => db().decision.findMany({ where: { organizationId: log }, orderBy: { id: 'asc' } })
  const links = () => db().chainEntry.findMany({ where: { organizationId: log }, orderBy: { seq: 'asc' } })
  const codes = async () => (await verified(db(), log)).all.map(({ code }) => code)
  const byHand = (work: () => Promise<unknown>) => withoutGuards(db(), name === 'sqlite' ? name : 'postgresql', work)

  test.each([
    ['an edited audit entry', 'record-changed', async () => (await entries())[0], 'auditEntry', { targetName: 'x' }],
    ['an edited time', 'record-changed', async () => (await entries())[1], 'auditEntry', { at: minutesLater(1) }],
    ['an edited decision', 'record-changed', async () => (await decisions())[0], 'decision', { ip: '198.51.100.9' }],
    [
      'a time of a last act where none are counted',
      'record-changed',
      async () => (await decisions())[0],
      'decision',
      { lastAt: at },
    ],
    ['the same of an audit entry', 'record-changed', async () => (await entries())[0], 'auditEntry', { lastAt: at }],
    ['a refusal made an acceptance', 'record-changed', async () => (await decisions())[0], 'decision', { reason: 'x' }],
  ] as const)('%s is named', async (_, code, find, table, data) => {
    const id = (await find())?.id ?? ''
    const model = db()[table] as unknown as { update(args: { where: { id: string }; data: object }): Promise<unknown> }
    await model.update({ where: { id }, data })
    expect((await verified(db(), log)).all).toMatchObject([{ code, record: id }])
  })

  test('an edit before sealing is named too', async () => {
    const row = decision(log)
    await decide(db(), row)
    await db().decision.update({ where: { id: row.id }, data: { subject: 'another' } })
    await sealAll(db())
    expect((await verified(db(), log)).all).toMatchObject([{ code: 'record-changed', record: row.id }])
  })

  if (name === 'postgresql') {
    test('a time that is none is named, wherever it sorts', async () => {
      const [entry, row] = [(await entries())[1]?.id ?? '', (await decisions())[1]?.id ?? '']
      const set = (table: string, id: string, time: string) =>
        db().$executeRawUnsafe(`UPDATE "${table}" SET "at" = '${time}' WHERE "id" = '${id}'`)
      for (const time of ['infinity', '-infinity']) {
        await set('AuditEntry', entry, time)
        await set('Decision', row, time)
        const { all } = await verified(db(), log)
        expect(all.map(({ code, record }) => `${code} ${record}`).sort()).toEqual(
          [entry, row].map((id) => `record-changed ${id}`).sort(),
        )
      }
    })
  }

  test('deleted records are named', async () => {
    const [entry, row] = [(await entries())[1]?.id ?? '', (await decisions())[1]?.id ?? '']
    await db().auditEntry.delete({ where: { id: entry } })
    await db().decision.delete({ where: { id: row } })
    const { all } = await verified(db(), log)
    expect(all.map(({ code }) => code)).toEqual(['record-missing', 'record-missing'])
    expect(all.map(({ record: id }) => id).sort()).toEqual([entry, row].sort())
  })

  test('inserted records are named, also with a note that they are to be sealed', async () => {
    const [first] = await entries()
    if (!first) throw new Error('There is no entry.')
    const [planted, noted] = [newId(), decision(log)]
    await db().auditEntry.create({ data: { ...first, id: planted } })
    await db().decision.create({ data: { ...noted, identityName: 'x' } })
    const note = {
      recordId: noted.id,
      kind: 'accepted',
      organizationId: log,
      at,
      digest: 'ab'.repeat(32),
      mac: 'forged',
    }
    await db().unsealedRecord.create({ data: { ...note, isCounted: false, dueAt: at } })
    await sealAll(db())
    const { all } = await verified(db(), log)
    expect(all.map(({ code }) => code)).toEqual(['record-unknown', 'record-unknown'])
    expect(all.map(({ record: id }) => id).sort()).toEqual([planted, noted.id].sort())
  })

  test('records inserted under an id that another kind of log entry has are named', async () => {
    const [first] = await entries()
    const [row] = await decisions()
    if (!first || !row) throw new Error('There are no records.')
    await db().decision.create({ data: { ...decision(log), id: first.id } })
    await db().auditEntry.createMany({
      data: [row.id, 'began', 'checkpoint'].map((id) => ({ ...first, id })),
    })
    const { all } = await verified(db(), log)
    expect(all.map(({ code }) => code)).toEqual(Array(4).fill('record-unknown'))
    expect(all.map(({ record: id }) => id).sort()).toEqual([first.id, row.id, 'began', 'checkpoint'].sort())
  })

  test('an entry put before the first one is named, and vouches for no record', async () => {
    const [first] = await entries()
    if (!first) throw new Error('There is no entry.')
    const planted = newId()
    await db().auditEntry.create({ data: { ...first, id: planted } })
    await db().chainEntry.create({
      data: { organizationId: log, seq: 0, recordId: planted, entry: '{}', hash: '0'.repeat(64) },
    })
    expect((await codes()).sort()).toEqual(['entry-extra', 'record-unknown'])
  })

  test('two records whose contents were exchanged are both named', async () => {
    const [one, two] = await entries()
    if (!one || !two) throw new Error('There are no entries.')
    await db().auditEntry.update({ where: { id: one.id }, data: { ...two, id: one.id } })
    await db().auditEntry.update({ where: { id: two.id }, data: { ...one, id: two.id } })
    expect(await codes()).toEqual(['record-changed', 'record-changed'])
  })

  test('a record moved to another organization is named in both logs', async () => {
    const [entry] = await entries()
    const other = await newOrganization(db())
    await db().auditEntry.update({ where: { id: entry?.id ?? '' }, data: { organizationId: other } })
    expect(await codes()).toEqual(['record-changed'])
    expect((await verified(db(), other)).all).toMatchObject([{ code: 'record-unknown', record: entry?.id }])
  })

  test('the database itself refuses to change or delete an entry of a log', async () => {
    const where = { organizationId_seq: { organizationId: log, seq: 3 } }
    await expect(db().chainEntry.update({ where, data: { entry: '{}' } })).rejects.toThrow()
    await expect(db().chainEntry.delete({ where })).rejects.toThrow()
    if (name === 'postgresql') await expect(db().$executeRawUnsafe('TRUNCATE "ChainEntry"')).rejects.toThrow()
    expect(await links()).toHaveLength(7)
  })

  const where = (seq: number) => ({ organizationId_seq: { organizationId: log, seq } })

  test('an edited entry of the log is named, also with a hash of its own', async () => {
    const third = (await links())[2]
    const entry = third?.entry.replace('2026', '2025') ?? ''
    await byHand(() => db().chainEntry.update({ where: where(3), data: { entry } }))
    expect((await verified(db(), log)).all[0]).toMatchObject({ code: 'entry-changed', seq: 3 })
    const hash = linkHash((await links())[1]?.hash ?? '', entry)
    await byHand(() => db().chainEntry.update({ where: where(3), data: { hash } }))
    expect((await verified(db(), log)).all[0]).toMatchObject({ code: 'entry-changed', seq: 4 })
  })

  test('a deleted entry of the log is named', async () => {
    await byHand(() => db().chainEntry.delete({ where: where(4) }))
    expect((await verified(db(), log)).all[0]).toMatchObject({ code: 'entry-missing', seq: 4 })
  })

  test('exchanged entries of the log are named', async () => {
    const [, , three, four] = await links()
    if (!three || !four) throw new Error('There are no entries.')
    const contents = ({ entry, hash, recordId }: typeof three) => ({ entry, hash, recordId })
    await byHand(async () => {
      await db().chainEntry.update({ where: where(3), data: contents(four) })
      await db().chainEntry.update({ where: where(4), data: contents(three) })
    })
    expect((await verified(db(), log)).all[0]).toMatchObject({ code: 'entry-changed', seq: 3 })
  })

  test('a log that was cut off is named, and records that it held are', async () => {
    await byHand(() => db().chainEntry.deleteMany({ where: { organizationId: log, seq: { gt: 5 } } }))
    const found = await codes()
    expect(found[0]).toBe('log-truncated')
    expect(found).toContain('record-unknown')
  })

  test('a log that was cut off together with its head is named, also after more was sealed', async () => {
    await byHand(() => db().chainEntry.deleteMany({ where: { organizationId: log, seq: { gt: 5 } } }))
    const last = (await links()).at(-1)
    const head = { seq: last?.seq ?? 0, hash: last?.hash ?? '' }
    await db().chainHead.update({ where: { organizationId: log }, data: head })
    expect(await codes()).toContain('head-changed')
    await act(db(), log, 'later')
    await sealAll(db())
    expect(await codes()).toContain('head-changed')
  })

  test('an entry that was added to the log is named, and sealing goes on', async () => {
    const last = (await links()).at(-1)
    const forged = nextLink(last ?? { seq: 0, hash: '' }, {
      kind: 'removed',
      at: at.toISOString(),
      of: 'audit',
      before: '2026-05-01T00:00:00.000Z',
      days: 30,
      follows: 'default',
    })
    await db().chainEntry.create({ data: { organizationId: log, recordId: 'removed:audit', ...forged } })
    expect(await codes()).toContain('entry-extra')
    await act(db(), log, 'later')
    await sealAll(db())
    expect(await codes()).toEqual(['head-changed'])
    expect(await db().unsealedRecord.count({ where: { organizationId: log } })).toBe(0)
  })

  test('a log that was made anew, with all hashes, does not agree with its head and checkpoints', async () => {
    await addCheckpoint(db(), log, at)
    const stored = await links()
    let place = { seq: 0, hash: originHash(log) }
    const made = stored.map(({ entry, ...link }) => {
      const { seq: _, ...content } = JSON.parse(entry)
      const next = nextLink(place, link.seq === 3 ? { ...content, digest: 'cd'.repeat(32) } : content)
      place = next
      return { ...link, ...next }
    })
    await byHand(async () => {
      await db().chainEntry.deleteMany({ where: { organizationId: log } })
      await db().chainEntry.createMany({ data: made })
    })
    await db().chainHead.update({ where: { organizationId: log }, data: { hash: place.hash } })
    const found = await codes()
    expect(found).toContain('checkpoint-invalid')
    expect(found).toContain('head-changed')
  })

  test('checkpoints are signed daily where something was added, and one that is changed or deleted is named', async () => {
    await addDailyCheckpoints(db(), at)
    await addDailyCheckpoints(db(), minutesLater(60))
    await addDailyCheckpoints(db(), minutesLater(25 * 60))
    await act(db(), log, 'next day')
    await sealAll(db())
    await addDailyCheckpoints(db(), minutesLater(25 * 60))
    expect(await verified(db(), log)).toMatchObject({ intact: true, checkpoints: 2 })
    // What the row of the head says of them does not keep the next from being made, and is not shown.
    const later = minutesLater(1_000_000)
    await db().chainHead.update({
      where: { organizationId: log },
      data: { checkpointSeq: 1_000, checkpointAt: later },
    })
    expect((await getLogHead(db(), log)).checkpoint?.seq).toBe(10)
    await act(db(), log, 'another day')
    await sealAll(db())
    await addDailyCheckpoints(db(), minutesLater(50 * 60))
    expect(await verified(db(), log)).toMatchObject({ intact: true, checkpoints: 3 })
    const at8 = (await links())[7]
    const jws: string = JSON.parse(at8?.entry ?? '{}').jws
    const forged = jws.replace(/.{8}$/, 'AAAAAAAA')
    const entry = at8?.entry.replace(jws, forged) ?? ''
    await byHand(() => db().chainEntry.update({ where: where(8), data: { entry } }))
    expect(await codes()).toEqual(expect.arrayContaining(['entry-changed', 'checkpoint-invalid']))
    await byHand(() => db().chainEntry.delete({ where: where(8) }))
    expect((await verified(db(), log)).all[0]).toMatchObject({ code: 'entry-missing', seq: 8 })
  })
})
