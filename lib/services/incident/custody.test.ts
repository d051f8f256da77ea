import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { adopt, decide, decision, newOrganization, sealAll } from '@/e2e/fixtures/sealed-log'
import type { Db } from '@/lib/db/client'
import { lateToken, movedToken } from '@/lib/model/custody'
import { areAllAdopted } from '../evidence/adoption'
import { changedMax, groupRefusals } from './group-refusals'

const databases = bothDatabases()
const start = new Date('2026-06-01T12:00:00.000Z')
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000)

describe.each(databaseNames)('on %s', (name) => {
  let db: Db
  let log: string
  const identityId = randomUUID()
  let tokens = 0
  const newToken = () => String(tokens++).padStart(64, 'a')

  beforeEach(async () => {
    db = databases.client(name)
    for (const table of [db.incident, db.incidentRefusal, db.incidentCursor, db.unsealedRecord, db.decision]) {
      await (table as Db['decision']).deleteMany()
    }
    if (!(await areAllAdopted(db))) await adopt(db)
    log = await newOrganization(db)
  })

  type Row = ReturnType<typeof decision>
  const login = (tokenSha256: string, ip: string | null, minutes: number, over: object = {}): Row =>
    ({
      ...{ ...decision(log), at: later(minutes), identityId, identityName: 'deployer', tokenSha256, ip },
      ...over,
    }) as unknown as Row

  async function group(...rows: Row[]) {
    for (const row of rows) await decide(db, row)
    await sealAll(db, later(365 * 24 * 60))
    for (let batch = 1; !(await groupRefusals(db, log, start)).isDone; batch++)
      if (batch > 200) throw new Error('no end')
    return db.incident.findMany({ where: { organizationId: log }, orderBy: { firstAt: 'asc' } })
  }

  test('a token that is accepted from a second address is an incident, with its first use', async () => {
    const token = newToken()
    const rows = [login(token, '192.0.2.1', 0), login(token, '192.0.2.1', 1), login(token, '198.51.100.7', 2)]
    const [incident, ...others] = await group(...rows)
    expect(others).toEqual([])
    expect(incident).toMatchObject({
      ...{ reason: movedToken, checkId: null, identityId, identityName: 'deployer', count: 2, state: 'open' },
      ...{ firstAt: start, at: later(2), firstDecisionId: rows[0]?.id, lastDecisionId: rows[2]?.id },
    })
    expect(JSON.parse(incident?.addresses ?? '').listed).toEqual([
      { ip: '192.0.2.1', count: 1 },
      { ip: '198.51.100.7', count: 1 },
    ])
    const members = await db.incidentRefusal.findMany({ where: { incidentId: incident?.id } })
    expect(members.map(({ decisionId }) => decisionId).sort()).toEqual([rows[0]?.id, rows[2]?.id].sort())
  })

  test('also when the second use comes in a later batch; further tokens of the identity are counted in the same incident', async () => {
    const [one, two] = [newToken(), newToken()]
    expect(await group(login(one, '192.0.2.1', 0), login(two, '192.0.2.1', 1))).toEqual([])
    expect(await group(login(one, '198.51.100.7', 2))).toMatchObject([{ count: 2 }])
    const again = await group(login(one, '198.51.100.8', 3), login(two, '198.51.100.7', 4))
    expect(again).toMatchObject([{ count: 5, firstAt: start, at: later(4) }])
  })

  test('one address, other addresses of one IPv6 network, addresses that are not known, other tokens: no incident', async () => {
    const [one, two, three] = [newToken(), newToken(), newToken()]
    const found = await group(
      ...[login(one, '192.0.2.1', 0), login(one, '192.0.2.1', 1)],
      ...[login(two, '2001:db8::1', 0), login(two, '2001:db8::2:0:0:1', 1)],
      ...[login(three, null, 0), login(three, '192.0.2.1', 1)],
      login(newToken(), '198.51.100.7', 2),
    )
    expect(found).toEqual([])
  })

  test('what was refused or only tried counts as no use, nor does a use in another organization', async () => {
    const token = newToken()
    const other = await newOrganization(db)
    const found = await group(
      login(token, '192.0.2.1', 0, { accepted: false, reason: 'token_expired', method: 'test' }),
      login(token, '192.0.2.2', 0, { method: 'test' }),
      login(token, '192.0.2.3', 0, { organizationId: other }),
      login(token, '192.0.2.4', 1),
    )
    expect(found).toEqual([])
  })

  const iat = start.getTime() / 1000
  const times = (over: object = {}) => ({ claims: JSON.stringify({ iat, exp: iat + 600, ...over }) })

  test('a token that is used for the first time in the last tenth of its life is an incident', async () => {
    const [late, early, again] = [newToken(), newToken(), newToken()]
    const rows = [
      login(late, '192.0.2.1', 9, times()),
      ...[login(early, '192.0.2.1', 8.9, times()), login(again, '192.0.2.1', 0, times())],
      login(again, '192.0.2.1', 9.5, times()),
    ]
    const found = await group(...rows)
    expect(found).toMatchObject([{ reason: lateToken, count: 1, firstDecisionId: rows[0]?.id, identityId }])
  })

  test('also where it was refused a moment before, wherever', async () => {
    const token = newToken()
    const refusal = { ...times(), accepted: false, reason: 'issuer_mismatch' }
    const found = await group(
      login(token, '192.0.2.1', 9.1, { ...refusal, organizationId: null, identityId: randomUUID() }),
      login(token, '192.0.2.1', 9.2, { ...refusal, identityId: randomUUID() }),
      ...[login(token, '192.0.2.1', 9.3, times()), login(token, '192.0.2.1', 9.4, times())],
    )
    const late = found.filter(({ reason }) => reason === lateToken)
    expect(late).toMatchObject([{ count: 1, identityId }])
  })

  test('not where it was refused before, lives less than a minute, or has no times that can be read', async () => {
    const refused = newToken()
    const found = await group(
      login(refused, '192.0.2.1', 0, {
        ...times(),
        accepted: false,
        reason: 'issuer_mismatch',
        identityId: randomUUID(),
      }),
      login(refused, '192.0.2.1', 9.5, times()),
      login(newToken(), '192.0.2.1', 0.9, times({ exp: iat + 59 })),
      login(newToken(), '192.0.2.1', 9.5, times({ iat: 'now' })),
      login(newToken(), '192.0.2.1', 9.5, { claims: '{"iat":' }),
      login(newToken(), '192.0.2.1', 9.5, { claims: null }),
    )
    expect(found.map(({ reason }) => reason)).toEqual(['issuer_mismatch'])
  })

  test('a first use that is late, and a second from elsewhere, are in both incidents', async () => {
    const token = newToken()
    const found = await group(login(token, '192.0.2.1', 9, times()), login(token, '198.51.100.7', 9.5, times()))
    expect(found.map(({ reason, count }) => ({ reason, count }))).toEqual(
      expect.arrayContaining([
        { reason: lateToken, count: 1 },
        { reason: movedToken, count: 2 },
      ]),
    )
    expect(found).toHaveLength(2)
  })

  test('more alarms than one batch writes are all counted, once', async () => {
    const rows = Array.from({ length: changedMax + 5 }, (_, n) => {
      const token = newToken()
      const of = { ...times(), identityId: randomUUID() }
      return [login(token, '192.0.2.1', 9, of), login(token, `198.51.100.${n}`, 9.5, of)]
    })
    const found = await group(...rows.flat())
    expect(found).toHaveLength(2 * rows.length)
    expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(3 * rows.length)
  })

  test('after the incident is resolved, a further use begins a new one', async () => {
    const token = newToken()
    const [first] = await group(login(token, '192.0.2.1', 0), login(token, '198.51.100.7', 1))
    await db.incident.update({ where: { id: first?.id ?? '' }, data: { state: 'resolved', stateAt: later(2) } })
    const all = await group(login(token, '203.0.113.9', 3))
    expect(all).toMatchObject([
      { count: 2, state: 'resolved' },
      { count: 1, state: 'open' },
    ])
  })

  test('an identity and a trust without one are told apart', async () => {
    const tokenOf = (over: object) => {
      const token = newToken()
      return [login(token, '192.0.2.1', 0, over), login(token, '198.51.100.7', 1, over)]
    }
    const trustId = randomUUID()
    const found = await group(...tokenOf({}), ...tokenOf({ identityId: null, identityName: null, trustId }))
    expect(found.map((one) => [one.identityId, one.trustId])).toEqual(
      expect.arrayContaining([
        [identityId, null],
        [null, trustId],
      ]),
    )
  })
})
