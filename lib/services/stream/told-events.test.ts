import { beforeEach, describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { adopt, newOrganization, verified } from '@/e2e/fixtures/sealed-log'
import type { Db } from '@/lib/db/client'
import { newId } from '@/lib/ids'
import { StreamKind } from '@/lib/model/stream'
import type { FoundRule } from '@/lib/model/summary'
import { areAllAdopted } from '../evidence/adoption'
import { announceIncidents } from '../incident/announce-incidents'
import type { Alarm } from '../key-source/alarms'
import { announceAlarms } from '../key-source/announce-alarms'
import { announcedRules, announceFindings, announcement } from '../posture/announce-findings'
import { readEvents } from './read-events'

const databases = bothDatabases()
const at = new Date('2026-06-01T12:00:00Z')
const all = new Set(StreamKind.options)

describe.each(databaseNames)('on %s', (name) => {
  let db: Db
  let log: string
  beforeEach(async () => {
    db = databases.client(name)
    await db.incident.deleteMany()
    if (!(await areAllAdopted(db))) await adopt(db)
    log = await newOrganization(db)
  })
  const told = async () => (await readEvents(db, { log, after: 0, kinds: all, limit: 100 })).events
  const types = async () => (await told()).map(({ type }) => type)

  test('an incident that is opened is told once, however many servers look, and the log stays intact', async () => {
    const id = newId()
    const incident = {
      ...{
        id,
        groupKey: 'k',
        method: 'jwt',
        reason: 'token_expired',
        identityName: 'payroll',
        firstAt: at,
        at,
      },
      ...{ count: 3, firstDecisionId: 'req-1', lastDecisionId: 'req-2', addresses: '{}', spark: '' },
    }
    await db.incident.createMany({
      data: [
        { ...incident, organizationId: log, announceAt: at },
        { ...incident, id: newId(), organizationId: log, announceAt: null },
      ],
    })
    await Promise.all([announceIncidents(db, at), announceIncidents(db, at)])
    expect(await announceIncidents(db, at)).toEqual({ isDone: true })
    expect(await told()).toMatchObject([
      {
        ...{
          type: 'keybound.incident.opened',
          subject: id,
          time: at.toISOString(),
          id: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
        data: { incident: { id, reason: 'token_expired', identityName: 'payroll', firstDecisionId: 'req-1' } },
      },
    ])
    expect(await verified(db, log)).toMatchObject({ intact: true })
    // An entry is kept for good, so no name and no text of a token is in it.
    const entries = await db.chainEntry.findMany({ where: { organizationId: log } })
    expect(JSON.stringify(entries)).not.toMatch(/payroll|token_expired/)
    await db.incident.deleteMany()
    expect(await told()).toMatchObject([{ data: { incident: { id } } }])
  })

  test('an alarm of a key source is told when it is raised and when it has ended', async () => {
    const url = 'https://issuer.example/jwks'
    const source = { organizationId: log, sourceId: 'a'.repeat(64) }
    await db.namedKeySource.create({
      data: { ...source, url, kind: 'jwks-url', urlStart: url, caCert: '', checkedAt: at },
    })
    const alarm = (id: Alarm['id'], message: string): Alarm => ({ id, severity: 'critical', message, fix: '' })
    const check = (alarms: Alarm[]) => announceAlarms(db, { ...source, alarms, now: at })
    await Promise.all([check([alarm('failing', 'for 2 h')]), check([alarm('failing', 'for 2 h')])])
    await check([alarm('failing', 'for 3 h')])
    await check([alarm('set-empty', 'empty')])
    expect((await told()).map(({ type, data }) => [type, data.alarm])).toMatchObject([
      ['keybound.alarm.raised', { id: 'failing', severity: 'critical', url, sourceId: source.sourceId }],
      ['keybound.alarm.raised', { id: 'set-empty' }],
      ['keybound.alarm.ended', { id: 'failing', url }],
    ])
    expect(await verified(db, log)).toMatchObject({ intact: true })
  })

  const unreadable = name === 'sqlite' ? ["x'00ff'", "char(0) || '[]'", "'['"] : ["'['", "''"]
  test.each(unreadable)('an alarm is told where it was set to %s by hand which ones are known', async (value) => {
    const source = { organizationId: log, sourceId: 'b'.repeat(64) }
    const url = 'https://issuer.example/jwks'
    await db.namedKeySource.create({
      data: { ...source, url, kind: 'jwks-url', urlStart: url, caCert: '', checkedAt: at },
    })
    const where = `"organizationId" = '${log}'`
    await db.$executeRawUnsafe(`UPDATE "NamedKeySource" SET "announced" = ${value} WHERE ${where}`)
    const alarms: Alarm[] = [{ id: 'failing', severity: 'critical', message: 'for 2 h', fix: '' }]
    for (const now of [alarms, alarms, []]) await announceAlarms(db, { ...source, alarms: now, now: at })
    expect((await told()).map(({ type }) => type)).toEqual(['keybound.alarm.raised', 'keybound.alarm.ended'])
  })

  test('a finding is told when it comes and when it is gone, and those that were there before the log knew them are not', async () => {
    const policy = { keys: '[]', algorithms: '[]', rules: '[]', lifetime: '{}', grant: '{}' }
    const trustId = newId()
    await db.trust.create({ data: { id: trustId, organizationId: log, kind: 'jwt', name: 'ci', ...policy } })
    const found = (...rules: FoundRule['rule'][]): FoundRule[] =>
      rules.map((rule) => ({ rule, severity: 'high', count: 1, path: [], message: `${rule} finds something.` }))
    const judge = async (now: FoundRule[]) => {
      const before = await db.trustPosture.findUnique({ where: { trustId } })
      const data = { found: JSON.stringify(now), ...announcement(before ? announcedRules(before) : [], now, at) }
      const row = { trustId, organizationId: log, version: 1, judgedBy: '1', judgedAt: at }
      await db.trustPosture.upsert({ where: { trustId }, create: { ...row, ...data }, update: data })
      await Promise.all([announceFindings(db, at), announceFindings(db, at)])
    }
    await judge(found('L01'))
    await judge(found('L01'))
    await judge(found('L02'))
    expect((await told()).map(({ type, data }) => [type, data.finding])).toMatchObject([
      [
        'keybound.finding.raised',
        { rule: 'L01', severity: 'high', trustId, trustName: 'ci', title: expect.any(String) },
      ],
      ['keybound.finding.raised', { rule: 'L02', severity: 'high' }],
      ['keybound.finding.ended', { rule: 'L01', trustId }],
    ])
    await db.trustPosture.update({ where: { trustId }, data: { announced: null } })
    await judge(found('L02'))
    expect(await types()).toHaveLength(3)
    await judge([])
    expect((await types()).at(-1)).toBe('keybound.finding.ended')
    expect(await verified(db, log)).toMatchObject({ intact: true })
  })

  test('only the chosen kinds are read', async () => {
    const incident = {
      ...{ id: newId(), groupKey: 'k', method: 'jwt', reason: 'token_expired', firstAt: at, at, count: 1 },
      ...{ firstDecisionId: 'req-1', lastDecisionId: 'req-1', addresses: '{}', spark: '', organizationId: log },
    }
    await db.incident.create({ data: { ...incident, announceAt: at } })
    await announceIncidents(db, at)
    const read = (kind: StreamKind) => readEvents(db, { log, after: 0, kinds: new Set([kind]), limit: 10 })
    expect((await read('incidents')).events).toHaveLength(1)
    const none = await read('alarms')
    expect(none).toMatchObject({ events: [], isEnd: true })
    expect(none.seq).toBe((await read('incidents')).seq)
  })
})
