import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import type { Db } from '@/lib/db/client'
import { env } from '@/lib/env'
import { AppError } from '@/lib/errors'
import { newRequestId } from '@/lib/ids'
import type { Role } from '@/lib/trust/role'
import type { Context } from '../context'
import { getRetention } from './get-retention'
import { type RemovedKind, removeExpired } from './remove-expired'
import { setRetention } from './set-retention'

const now = new Date('2026-08-01T12:00:00.000Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
const databases = bothDatabases()

describe.each(databaseNames)('on %s', (name) => {
  let db: Db
  let organizationId: string
  let adaId: string
  beforeEach(async () => {
    db = databases.client(name)
    env().retentionDays = {}
    await db.retentionPeriod.deleteMany()
    await db.decision.deleteMany()
    await db.auditEntry.deleteMany()
    await db.organization.deleteMany()
    organizationId = randomUUID()
    await db.organization.create({ data: { id: organizationId, name: 'Acme', slug: organizationId } })
    adaId = randomUUID()
    await db.user.create({ data: { id: adaId, name: 'Ada', email: `${adaId}@example.com` } })
    await db.membership.create({ data: { id: randomUUID(), userId: adaId, organizationId, role: 'admin' } })
  })

  const decide = (owner: string | null, accepted: boolean, days: number) => ({
    ...{ id: newRequestId(), at: daysAgo(days), organizationId: owner, method: 'jwt', accepted },
    ...{ message: '', trace: '[]', reason: accepted ? null : 'token_expired' },
  })
  const act = (owner: string | null, days: number) => ({
    ...{
      id: randomUUID(),
      at: daysAgo(days),
      organizationId: owner,
      actorKind: 'anonymous',
      action: 'session.refused',
    },
  })
  const as = (role: Role): Context =>
    ({
      ...{ db, now: () => now, requestId: newRequestId(), ip: null, userAgent: null, organizationId },
      actor: { kind: 'user', id: adaId, name: 'Ada', role, sessionId: '' },
    }) as unknown as Context

  /** Removes until nothing is left to remove, and answers how many rows of each kind went. */
  async function clean(mayGoOn: () => Promise<boolean> = async () => true) {
    const removed: Partial<Record<RemovedKind, number>> = {}
    const batches: number[] = []
    const isDone = await removeExpired({
      ...{ db, now, mayGoOn },
      pause: async () => {},
      onRemoved: (kind, count) => {
        batches.push(count)
        removed[kind] = (removed[kind] ?? 0) + count
      },
    })
    return { removed, batches, isDone }
  }

  test('what is remembered of workloads goes with the accepted logins that it is made of, and after 90 days', async () => {
    const remembered = (days: number) => ({ organizationId, workloadHash: `${days}`, at: daysAgo(days), runs: '' })
    const left = async () => (await db.workloadRuns.findMany()).map(({ workloadHash }) => workloadHash).sort()
    await db.workloadRuns.createMany({ data: [91, 89, 31, 29].map(remembered) })
    env().retentionDays = { 'accepted-decisions': 400 }
    expect((await clean()).removed).toEqual({ 'workload-runs': 1 })
    expect(await left()).toEqual(['29', '31', '89'])
    env().retentionDays = { 'accepted-decisions': 30 }
    expect((await clean()).removed).toEqual({ 'workload-runs': 2 })
    expect(await left()).toEqual(['29'])
    await db.workloadRuns.deleteMany()
  })

  test('accepted and refused decisions go after their own periods, of every organization and of none', async () => {
    await db.decision.createMany({
      data: [organizationId, null].flatMap((owner) => [
        ...[decide(owner, true, 91), decide(owner, true, 89), decide(owner, true, 31)],
        ...[decide(owner, false, 31), decide(owner, false, 29)],
      ]),
    })
    expect((await clean()).removed).toEqual({ 'accepted-decisions': 2, 'refused-decisions': 2 })
    const left = await db.decision.findMany({ orderBy: { at: 'asc' } })
    expect(left.map(({ at }) => (now.getTime() - at.getTime()) / 86_400_000)).toEqual([89, 89, 31, 31, 29, 29])
  })

  test('a period that an admin has set counts, and an environment variable counts more', async () => {
    await db.decision.createMany({ data: [decide(organizationId, true, 8), decide(organizationId, true, 20)] })
    await setRetention(as('admin'), { days: { 'accepted-decisions': 14 } })
    expect((await clean()).removed).toEqual({ 'accepted-decisions': 1 })
    env().retentionDays = { 'accepted-decisions': 7 }
    expect((await clean()).removed).toEqual({ 'accepted-decisions': 1 })
  })

  test('audit entries, ended access tokens, sessions and sign-ins go after their time, and what still counts stays', async () => {
    await db.auditEntry.createMany({ data: [act(organizationId, 401), act(null, 401), act(organizationId, 399)] })
    const token = (id: string, endedDaysAgo: number) => ({
      ...{ id, organizationId, method: 'jwt', createdAt: daysAgo(500) },
      ...{ expiresAt: daysAgo(endedDaysAgo), maxExpiresAt: daysAgo(endedDaysAgo), revokedAt: daysAgo(60) },
    })
    await db.accessToken.deleteMany()
    // Revoked, but it would still be valid: its row is what refuses it.
    await db.accessToken.createMany({ data: [token('old', 31), token('ended', 29), token('revoked', -1)] })
    const userId = randomUUID()
    await db.user.create({ data: { id: userId, name: 'Ada', email: `${userId}@example.com` } })
    const session = (endedDaysAgo: number) => ({
      ...{ id: randomUUID(), token: randomUUID(), userId, expiresAt: daysAgo(endedDaysAgo) },
    })
    await db.session.createMany({ data: [session(2), session(0.5), session(-0.5)] })
    await db.verification.deleteMany()
    await db.verification.create({ data: { id: randomUUID(), identifier: 'x', value: 'x', expiresAt: daysAgo(2) } })
    expect((await clean()).removed).toEqual({ 'audit-entries': 2, 'access-tokens': 1, 'sign-ins': 2 })
    expect((await db.accessToken.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id)).toEqual([
      'ended',
      'revoked',
    ])
    expect(await db.session.count({ where: { userId } })).toBe(2)
  })

  test('records go in batches of a hundred, and a server that loses the lease stops between two', async () => {
    const old = (count: number) => Array.from({ length: count }, () => decide(organizationId, false, 40))
    await db.decision.createMany({ data: old(250) })
    let asked = 0
    const stopped = await clean(async () => ++asked <= 3)
    expect(stopped).toMatchObject({ isDone: false, batches: [100, 100] })
    expect(await db.decision.count()).toBe(50)
    expect(await clean()).toMatchObject({ isDone: true, batches: [50] })
  })

  test('a change of a period is on record with before and after, and nothing is recorded where nothing changes', async () => {
    const ctx = as('admin')
    await setRetention(ctx, { days: { 'refused-decisions': 7, 'audit-entries': 400 } })
    await setRetention(as('admin'), { days: { 'refused-decisions': 7 } })
    const entries = await db.auditEntry.findMany()
    expect(entries).toMatchObject([{ action: 'retention.updated', requestId: ctx.requestId }])
    expect(JSON.parse(entries[0]?.before ?? '')).toEqual({ 'refused-decisions': 30 })
    expect(JSON.parse(entries[0]?.after ?? '')).toEqual({ 'refused-decisions': 7 })
  })

  test('a period out of range removes nothing: the default applies', async () => {
    for (const days of [0, -1, 1_000_000]) {
      await db.retentionPeriod.upsert({
        where: { kind: 'audit-entries' },
        create: { kind: 'audit-entries', days },
        update: { days },
      })
      await db.auditEntry.create({ data: act(organizationId, 1) })
      expect((await clean()).removed).toEqual({})
      const shown = await getRetention(as('auditor'))
      expect(shown.find(({ kind }) => kind === 'audit-entries')).toMatchObject({ days: 400, isFixed: false })
    }
  })

  test('a period that an environment variable sets is shown as fixed and cannot be changed', async () => {
    env().retentionDays = { 'audit-entries': 1000 }
    const shown = await getRetention(as('auditor'))
    expect(shown.find(({ kind }) => kind === 'audit-entries')).toMatchObject({
      ...{ days: 1000, isFixed: true, variable: 'RETENTION_AUDIT_ENTRIES_DAYS' },
    })
    const refused = await setRetention(as('admin'), { days: { 'audit-entries': 5 } }).catch((error) => error)
    expect(refused).toBeInstanceOf(AppError)
    expect(refused).toMatchObject({ kind: 'rule', reason: 'retention_fixed' })
    expect(await setRetention(as('admin'), { days: { 'audit-entries': 1000 } })).toHaveLength(5)
  })

  test('only admins change periods', async () => {
    for (const role of ['member', 'auditor'] as const) {
      await expect(setRetention(as(role), { days: { 'audit-entries': 5 } })).rejects.toMatchObject({
        kind: 'forbidden',
      })
    }
    expect(await db.retentionPeriod.count()).toBe(0)
  })

  test('stored records are counted per kind, with the oldest', async () => {
    await db.decision.createMany({
      data: [decide(organizationId, false, 3), decide(null, false, 5), decide('another organization', false, 9)],
    })
    const refused = (await getRetention(as('auditor'))).find(({ kind }) => kind === 'refused-decisions')
    expect(refused).toMatchObject({ rows: 2, isMore: false, oldestAt: daysAgo(5) })
  })
})
