import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { adopt, decide, decision, newOrganization, sealAll } from '@/e2e/fixtures/sealed-log'
import { connect, type Db } from '@/lib/db/client'
import { loginStoreOf, setLoginStore } from '@/lib/db/login-store/stores'
import { incidentGapMs } from '@/lib/model/incident'
import { areAllAdopted } from '../evidence/adoption'
import { removeExpired } from '../retention/remove-expired'
import { changedMax, groupRefusals, issuersMax } from './group-refusals'
import { recountRefusals } from './recount-refusals'

const databases = bothDatabases()
const start = new Date('2026-06-01T12:00:00.000Z')
const later = (ms: number) => new Date(start.getTime() + ms)
const minute = 60_000

describe.each(databaseNames)('on %s', (name) => {
  let db: Db
  let log: string
  const identityId = randomUUID()

  beforeEach(async () => {
    db = databases.client(name)
    for (const table of [db.incident, db.incidentRefusal, db.incidentCursor, db.unsealedRecord, db.decision]) {
      await (table as Db['decision']).deleteMany()
    }
    if (!(await areAllAdopted(db))) await adopt(db)
    log = await newOrganization(db)
  })

  type Row = ReturnType<typeof decision>
  const refusal = (over: Partial<{ [Column in keyof Row]: Row[Column] | string | number | Date | null }> = {}): Row =>
    ({
      ...decision(log, false),
      ...{ at: start, identityId, identityName: 'deployer', checkId: 'signature', reason: 'signature_invalid' },
      ...over,
    }) as Row

  async function refuse(...rows: Row[]) {
    for (const row of rows) await decide(db, row)
    await sealAll(db, later(365 * 86_400_000))
  }
  async function groupAll(client = db, of = log, now = start) {
    for (let batch = 1; !(await groupRefusals(client, of, now)).isDone; batch++)
      if (batch > 200) throw new Error('no end')
  }
  const incidents = (organizationId: string | null = log) =>
    db.incident.findMany({ where: { organizationId }, orderBy: [{ firstAt: 'asc' }, { count: 'desc' }, { id: 'asc' }] })
  const members = () =>
    db.incidentRefusal.findMany({
      where: { organizationId: log },
      orderBy: [{ at: 'asc' }, { decisionId: 'asc' }, { incidentId: 'asc' }],
    })
  const numbers = (rows: { count: number }[]) => rows.map(({ count }) => count)

  test('refusals of one cause and identity are one incident, with its first and last, its addresses and its course', async () => {
    const rows = [0, 1, 90].map((n, at) => refusal({ at: later(n * minute), ip: `192.0.2.${at === 2 ? 9 : 1}` }))
    await refuse(...rows)
    await groupAll()
    const [incident, ...others] = await incidents()
    expect(others).toEqual([])
    expect(incident).toMatchObject({
      ...{ identityId, identityName: 'deployer', reason: 'signature_invalid', checkId: 'signature', count: 3 },
      ...{ firstAt: start, at: later(90 * minute), firstDecisionId: rows[0]?.id, lastDecisionId: rows[2]?.id },
      ...{ state: 'open', isMixed: false },
    })
    expect(JSON.parse(incident?.addresses ?? '')).toEqual({
      listed: [
        { ip: '192.0.2.1', count: 2 },
        { ip: '192.0.2.9', count: 1 },
      ],
      isMore: false,
    })
    const { counts } = JSON.parse(incident?.spark ?? '')
    expect(counts.reduce((sum: number, count: number) => sum + count)).toBe(3)
    expect([counts[0], counts.at(-1)]).toEqual([2, 1])
    expect((await members()).map(({ incidentId }) => incidentId)).toEqual(rows.map(() => incident?.id))
  })

  test('another cause, another identity and another method are incidents of their own; what was accepted or only tried is none', async () => {
    await refuse(
      ...[
        refusal(),
        refusal({ reason: 'token_expired', checkId: 'time.expiry' }),
        refusal({ identityId: randomUUID() }),
      ],
      ...[refusal({ method: 'oidc' }), refusal({ method: 'test' }), refusal({ accepted: true as never, reason: null })],
    )
    await groupAll()
    expect(numbers(await incidents())).toEqual([1, 1, 1, 1])
  })

  test('values of the token part no incidents: issuer and subject of an identity’s tokens may be any', async () => {
    await refuse(
      refusal({ issuer: 'https://a.example', subject: 'a' }),
      refusal({ issuer: 'https://b.example', subject: 'b' }),
    )
    await groupAll()
    expect(numbers(await incidents())).toEqual([2])
  })

  test('attempts that match no identity are a stream of their own, by issuer and reason, whatever identity they name', async () => {
    const cause = { organizationId: null, checkId: 'method', reason: 'method_not_configured' }
    const row = (issuer: string | null, of = identityId) => refusal({ ...cause, issuer, identityId: of })
    const issuer = `https://${randomUUID()}.example`
    await refuse(row(issuer), row(issuer, randomUUID()), row(null))
    await groupAll(db, '')
    const found = await incidents(null)
    expect(found.map(({ issuer, identityId, count }) => ({ issuer, identityId, count }))).toEqual([
      { issuer, identityId: null, count: 2 },
      { issuer: null, identityId: null, count: 1 },
    ])
    expect(await incidents()).toEqual([])
  })

  test('issuers of unmatched attempts are told apart up to a number, and then counted together', async () => {
    const rows = Array.from({ length: issuersMax + 7 }, (_, n) =>
      refusal({ organizationId: null, identityId: null, issuer: `https://issuer-${n}.example` }),
    )
    await refuse(...rows)
    await groupAll(db, '')
    const found = await incidents(null)
    expect(found).toHaveLength(issuersMax + 1)
    expect(found[0]).toMatchObject({ issuer: null, isMixed: true, count: 7 })
  })

  test('a gap parts incidents: to the millisecond', async () => {
    await refuse(refusal(), refusal({ at: later(incidentGapMs) }), refusal({ at: later(2 * incidentGapMs + 1) }))
    await groupAll()
    expect(numbers(await incidents())).toEqual([2, 1])
  })

  test('a refusal that was committed late belongs to its time', async () => {
    await refuse(refusal({ at: later(minute) }), refusal({ at: later(10 * incidentGapMs) }), refusal())
    await groupAll()
    expect((await incidents()).map(({ firstAt, count }) => ({ firstAt, count }))).toEqual([
      { firstAt: start, count: 2 },
      { firstAt: later(10 * incidentGapMs), count: 1 },
    ])
  })

  test('refusals counted into a row of an earlier one are counted, once, until their number is final', async () => {
    const first = { ...refusal(), repeats: 0, lastAt: start }
    await refuse(first)
    await groupAll()
    const repeat = (at: Date) =>
      loginStoreOf(db).keep({ issued: null, decision: refusal({ at }), countInto: [first.id] })
    for (const n of [1, 2, 3]) await repeat(later(n * minute))
    await recountRefusals(db, log, later(4 * minute))
    await recountRefusals(db, log, later(5 * minute))
    expect(await incidents()).toMatchObject([{ count: 4, firstAt: start, at: later(3 * minute) }])
    await repeat(later(50 * minute))
    await recountRefusals(db, log, later(80 * minute))
    expect(await incidents()).toMatchObject([{ count: 5, at: later(50 * minute) }])
    expect(await members()).toMatchObject([{ counted: 5, recountAt: null }])
  })

  test('a row that is read for the first time with its repeats counts all of them', async () => {
    await refuse({ ...refusal(), repeats: 376, lastAt: later(59 * minute) } as never)
    await groupAll(db, log, later(60 * minute))
    expect(await incidents()).toMatchObject([{ count: 377, at: later(59 * minute) }])
  })

  test('after an incident was resolved the same cause begins a new one, also where it repeats in the same row', async () => {
    const first = { ...refusal(), repeats: 0, lastAt: start }
    await refuse(first)
    await groupAll()
    await db.incident.updateMany({ data: { state: 'resolved', stateAt: later(minute), stateVersion: 1 } })
    await refuse(refusal({ at: later(minute) }), refusal({ at: later(2 * minute) }))
    await groupAll()
    await loginStoreOf(db).keep({ issued: null, decision: refusal({ at: later(3 * minute) }), countInto: [first.id] })
    await recountRefusals(db, log, later(4 * minute))
    expect(await incidents()).toMatchObject([
      { state: 'resolved', count: 2, at: later(minute) },
      { state: 'open', count: 2, firstAt: later(2 * minute), at: later(3 * minute) },
    ])
    const ofFirst = (await members()).filter(({ decisionId }) => decisionId === first.id)
    expect(ofFirst.map(({ counted }) => counted).sort()).toEqual([1, 2])
  })

  test('two servers that read the same entries at once count each refusal once', async () => {
    const ids = [randomUUID(), randomUUID(), randomUUID()]
    await refuse(
      ...Array.from({ length: 60 }, (_, n) => refusal({ identityId: ids[n % 3] as never, at: later(n * minute) })),
    )
    // Two clients of one SQLite file in one process would wait for each other with the process itself.
    const others = name === 'sqlite' ? [db, db] : [connect(databases.url(name)), connect(databases.url(name))]
    const work = async (client: Db) => {
      for (let n = 0; n < 4; n++) await groupRefusals(client, log, start)
    }
    await Promise.all([db, ...others].map(work))
    if (name !== 'sqlite') await Promise.all(others.map((client) => client.$disconnect()))
    expect(numbers(await incidents())).toEqual([20, 20, 20])
    expect(await members()).toHaveLength(60)
  })

  test('a server that ends in the middle of a batch leaves nothing of it, and the next one goes on from there', async () => {
    const half = Array.from({ length: changedMax }, () => refusal({ identityId: randomUUID() as never }))
    await refuse(...half, ...half.map((row) => refusal({ identityId: row.identityId })))
    const failing = endingAt(db, 'incidentRefusal', 'createMany')
    await groupRefusals(db, log, start)
    const before = [await incidents(), await members()]
    await refuse(refusal({ at: later(minute) }))
    await expect(groupRefusals(failing, log, start)).rejects.toThrow('killed')
    expect([await incidents(), await members()]).toEqual(before)
    await groupAll()
    expect(numbers(await incidents()).sort()).toEqual([1, ...half.map(() => 2)])
  })

  test('a change of the state by a person while a batch is counted is kept, and nothing is counted twice', async () => {
    await refuse(refusal())
    await groupAll()
    await refuse(refusal({ at: later(minute) }))
    const resolving = before(db, '$transaction', () =>
      db.incident.updateMany({ data: { state: 'resolved', stateAt: later(1), stateVersion: { increment: 1 } } }),
    )
    expect(await groupRefusals(resolving, log, start)).toEqual({ isDone: false, isWritten: false })
    expect(await incidents()).toMatchObject([{ state: 'resolved', count: 1 }])
    await groupAll()
    expect(await incidents()).toMatchObject([
      { state: 'resolved', count: 1 },
      { state: 'open', count: 1 },
    ])
  })

  test('incidents go with the refusals that they are made of, and one that goes on stays', async () => {
    const now = later(40 * 86_400_000)
    const young = later(39 * 86_400_000)
    await refuse(refusal(), refusal({ reason: 'token_expired' }), refusal({ reason: 'token_expired', at: young }))
    await refuse(refusal({ organizationId: null, identityId: null, issuer: null }))
    await groupAll()
    await groupAll(db, '')
    const deps = { db, now, mayGoOn: async () => true, pause: async () => {}, onRemoved: () => {} }
    expect(await removeExpired(deps)).toBe(true)
    expect(await incidents()).toMatchObject([{ reason: 'token_expired', firstAt: young }])
    expect(await incidents(null)).toEqual([])
    expect(await members()).toMatchObject([{ at: young }])
  })
})

type Call = (...args: unknown[]) => unknown

/** A client in whose transactions a statement of a table throws, as when the process ends there. */
function endingAt(db: Db, table: 'incidentRefusal', method: string): Db {
  const $transaction = (act: (tx: object) => unknown, options: never) =>
    db.$transaction(async (tx) => {
      const ending = { ...tx[table], [method]: () => Promise.reject(new Error('killed')) }
      return act(new Proxy(tx, { get: (of, key) => (key === table ? ending : Reflect.get(of, key)) }))
    }, options)
  return withStore(
    db,
    new Proxy(db, { get: (of, key) => (key === '$transaction' ? $transaction : Reflect.get(of, key)) }),
  )
}

/** A client that does something before a call. */
function before(db: Db, method: string, act: () => Promise<unknown>): Db {
  const call = async (...args: unknown[]) => {
    await act()
    return (Reflect.get(db, method) as Call).apply(db, args)
  }
  return withStore(db, new Proxy(db, { get: (of, key) => (key === method ? call : Reflect.get(of, key)) }))
}

function withStore(db: Db, other: Db): Db {
  setLoginStore(other, loginStoreOf(db))
  return other
}
