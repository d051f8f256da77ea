import { Readable } from 'node:stream'
import { beforeEach, describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { act, at, decide, decision, minutesLater, sealAll, sealedLog } from '@/e2e/fixtures/sealed-log'
import { exportLog } from '@/lib/services/evidence/export-log'
import { addCheckpoint } from '@/lib/services/evidence/make-checkpoint'
import { removeExpired } from '@/lib/services/retention/remove-expired'
import { verifyExport } from './verify-export'

const databases = bothDatabases()
const days = (count: number) => minutesLater(count * 24 * 60)

describe.each(databaseNames)('on %s', (name) => {
  const db = () => databases.client(name)
  let log: string
  beforeEach(async () => {
    log = await sealedLog(db())
  })

  async function exported(afterFirstLine: () => Promise<unknown> = async () => {}): Promise<string[]> {
    const lines: string[] = []
    for await (const line of exportLog(db(), log, at)) {
      lines.push(JSON.stringify(line))
      if (lines.length === 1) await afterFirstLine()
    }
    return lines
  }
  const verify = (lines: string[]) =>
    verifyExport(Readable.from(lines.map((line) => `${line}\n`)), { keys: null, kept: () => [], onProgress: () => {} })
  const codes = async (lines: string[]) => (await verify(lines)).problems.map(({ code }) => code)
  const clean = (now: Date) =>
    removeExpired({ db: db(), now, mayGoOn: async () => true, pause: async () => {}, onRemoved: () => {} })

  test('an exported log is intact', async () => {
    await addCheckpoint(db(), log, at)
    expect(await verify(await exported())).toMatchObject({ problems: [], counts: { records: 6, checkpoints: 1 } })
  })

  test('what retention removes while a log is exported is not missing; what was deleted besides is', async () => {
    const fresh = decision(log)
    fresh.at = days(999)
    await decide(db(), fresh)
    await sealAll(db())
    const lines = await exported(() => clean(days(1_000)))
    expect(await verify(lines)).toMatchObject({ problems: [], counts: { removed: 6, records: 1 } })
    await db().decision.delete({ where: { id: fresh.id } })
    expect((await verify(await exported())).problems).toMatchObject([{ code: 'record-missing', record: fresh.id }])
  })

  test('what is sealed while a log is exported may be in it or not', async () => {
    const lines = await exported(async () => {
      await act(db(), log, 'meanwhile')
      await sealAll(db())
    })
    expect(await codes(lines)).toEqual([])
  })

  test('the export says whether its head is one that Keybound wrote', async () => {
    await db().chainHead.update({ where: { organizationId: log }, data: { mac: 'forged' } })
    const lines = await exported()
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ head: { seq: 7, isProven: false } })
    expect(await codes(lines)).toEqual(['head-changed'])
    await db().chainHead.delete({ where: { organizationId: log } })
    expect(await codes(await exported())).toEqual(['head-changed'])
  })

  test('a head of the export that its entries do not reach is named', async () => {
    const [header = '', ...lines] = await exported()
    const { head, ...others } = JSON.parse(header)
    const changed = JSON.stringify({ ...others, head: { ...head, hash: 'ab'.repeat(32) } })
    expect(await codes([changed, ...lines])).toEqual(['entry-changed'])
  })
})
