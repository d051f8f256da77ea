import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { withoutGuards } from '@/e2e/fixtures/append-only'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { changeByHand, endedBy, type HostileChange, hostileChanges } from '@/e2e/fixtures/hostile-columns'
import {
  act,
  at,
  decide,
  decision,
  minutesLater,
  sealAll,
  sealedLog,
  sealedLogs,
  verified,
} from '@/e2e/fixtures/sealed-log'
import { useService } from '@/e2e/fixtures/service'
import { verifyExport } from '@/lib/cli/evidence/verify-export'
import { csvLine } from '@/lib/model/csv'
import { getAuditEntry, listAuditEntries } from '../audit/list-audit-entries'
import { getDecision } from '../decision/get-decision'
import { listDecisions } from '../decision/list-decisions'
import { keepIncidents } from '../incident/keep-incidents'
import { listIncidents } from '../incident/list-incidents'
import { tailEvents } from '../stream/tail-events'
import { exportLog } from './export-log'

const databases = bothDatabases()
const service = useService()

describe.each(databaseNames)('on %s', (name) => {
  const db = () => databases.client(name)

  const changesOf = (table: string) => hostileChanges(db(), name, table)
  const change = (table: string, where: string, to: HostileChange) => changeByHand(db(), name, table, where, to)

  const context = (log: string) => ({
    ...service.context({ kind: 'user', id: log, name: 'Ada', role: 'admin', sessionId: log }),
    ...{ db: db(), organizationId: log },
  })
  async function offline(log: string): Promise<string[]> {
    const lines: string[] = []
    for await (const line of exportLog(db(), log, at)) lines.push(`${JSON.stringify(line)}\n`)
    const given = { keys: null, kept: () => [], onProgress: () => {} }
    return (await verifyExport(Readable.from(lines), given)).problems.map(({ record }) => record ?? '')
  }
  const pacing = () => {
    let batches = 0
    return { mayGoOn: async () => ++batches < 200, pause: async () => {} }
  }
  /** What is asked of a log by pages, streams and background work: it ends, and answers. */
  async function use(log: string, ids: readonly string[]) {
    await keepIncidents({ db: db(), now: () => minutesLater(6) }, pacing())
    const ctx = context(log)
    const { decisions } = await listDecisions(ctx, { limit: 200 })
    const { entries } = await listAuditEntries(ctx, { limit: 200 })
    const { incidents } = await listIncidents(ctx, {})
    const rows: object[] = [...decisions, ...entries, ...incidents]
    for (const row of rows) csvLine(Object.values(row))
    for (const id of ids) {
      const read = id.startsWith('req-') ? getDecision(ctx, id) : getAuditEntry(ctx, id)
      JSON.stringify(await read.catch((error) => void expect(error).toMatchObject({ kind: 'not-found' })))
    }
    for await (const line of tailEvents(ctx, { after: 0 })) JSON.stringify(line)
  }

  /** A problem is told by its record up to a hundred of them. */
  const atATime = 80

  test.each(['Decision', 'AuditEntry'] as const)(
    'a %s is named whatever a column of it was set to by hand',
    async (table) => {
      const all = await changesOf(table)
      let total = 0
      for (let from = 0; from < all.length; from += atATime) {
        const changes = all.slice(from, from + atATime)
        const log = await sealedLog(db())
        const ids: string[] = []
        if (table === 'AuditEntry') {
          await act(db(), log, ...changes.map(() => 'a project'))
          const rows = await db().auditEntry.findMany({ where: { organizationId: log }, take: changes.length })
          ids.push(...rows.map(({ id }) => id))
        } else {
          for (const _ of changes) {
            const row = decision(log, false, 3)
            await decide(db(), row)
            ids.push(row.id)
          }
        }
        await sealAll(db())
        const changed = new Map<string, string>()
        for (const [place, one] of changes.entries()) {
          const id = ids[place] ?? ''
          // Numbers of counted acts are sealed later than their records.
          if (table === 'Decision' && ['repeats', 'lastAt'].includes(one.column)) continue
          if (await change(table, `"id" = '${id}'`, one)) changed.set(id, `${one.column} = ${one.value}`)
        }
        total += changed.size
        await act(db(), log, 'later')
        await sealAll(db())
        const named = new Set((await verified(db(), log)).all.map(({ record }) => record))
        const isNamed = (found: { has(id: string): boolean }) => [...changed].filter(([id]) => !found.has(id))
        expect(isNamed(named)).toEqual([])
        expect(isNamed(new Set(await offline(log)))).toEqual([])
        await use(log, ids)
      }
      expect(total).toBeGreaterThan(30)
    },
  )

  test.each(['ChainEntry', 'ChainHead'] as const)(
    'a log is not intact whatever a column of its %s was set to by hand',
    async (table) => {
      const unproven = ['checkpointSeq', 'checkpointAt', 'sealedAt']
      const wanted = (await changesOf(table)).filter(({ column, value }) => {
        // Nothing is looked up by the text of an entry or its hash, so what SQLite reads of them is what they are.
        const isRead = table === 'ChainEntry' && ['entry', 'hash'].includes(column) && value === endedBy(column)
        return !unproven.includes(column) && !isRead
      })
      const logs = new Map<string, HostileChange>()
      const made = await sealedLogs(db(), wanted.length, 1)
      for (const [place, log] of made.entries()) logs.set(log, wanted[place] ?? { column: '', value: '' })
      await withoutGuards(db(), name, async () => {
        for (const [log, one] of logs) {
          const where = `"organizationId" = '${log}'${table === 'ChainEntry' ? ' AND "seq" = 2' : ''}`
          if (!(await change(table, where, one))) logs.delete(log)
        }
      })
      expect(logs.size).toBeGreaterThan(10)
      const intact = async () => {
        const found: string[] = []
        for (const [log, { column, value }] of logs) {
          const { intact, unsealed } = await verified(db(), log)
          if (intact || unsealed > 0) found.push(`${column} = ${value}`)
        }
        return found
      }
      if (table === 'ChainEntry') expect(await intact()).toEqual([])
      for (const log of logs.keys()) await act(db(), log, 'later')
      await sealAll(db())
      const organizationId = { in: [...logs.keys()] }
      expect(await db().unsealedRecord.count({ where: { organizationId, kind: 'audit' } })).toBe(0)
      // A head that only reads as it was is named when it cannot be moved.
      if (table === 'ChainHead') expect(await intact()).toEqual([])
      for (const [log, { column, value }] of logs) {
        expect(await offline(log), `${column} = ${value}`).not.toEqual([])
      }
      const [[log] = ['']] = logs
      await use(log, [])
    },
  )
})
