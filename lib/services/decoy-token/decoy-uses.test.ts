import { beforeEach, describe, expect, test, vi } from 'vitest'
import { watchedClient } from '@/e2e/fixtures/query-plans'
import { adopt, sealAll } from '@/e2e/fixtures/sealed-log'
import { useService } from '@/e2e/fixtures/service'
import { loginStoreOf } from '@/lib/db/login-store/stores'
import { newId } from '@/lib/ids'
import { canaryUsed } from '@/lib/model/alarm'
import type { Context } from '../context'
import { areAllAdopted } from '../evidence/adoption'
import { setFailureLog } from '../failure-log'
import { createIdentity } from '../identity/create-identity'
import { groupRefusals } from '../incident/group-refusals'
import { allRaised } from '../incident/raise-soon'
import { recountRefusals } from '../incident/recount-refusals'
import { createDecoyToken } from './create-decoy-token'
import { addressesMax, allUsesRecorded, atOnceMax } from './decoy-uses'
import { noticeDecoy } from './notice-decoy'

describe.each(['sqlite', 'postgresql'] as const)('on %s', (name) => {
  const service = useService(name)
  let decoy: { id: string; token: string; identityId: string }
  const caller = (ip = '192.0.2.1', via = 'GET /api'): Context => ({
    ...service.context({ kind: 'anonymous' }),
    ip,
    via,
  })

  beforeEach(async () => {
    const { ctx } = await service.person('admin')
    const { id } = await createIdentity(ctx, { name: 'agent', isCanary: true })
    const made = await createDecoyToken(ctx, id, { name: 'trap', place: 'wiki' })
    decoy = { id: made.decoy.id, token: made.token, identityId: id }
    service.pass(3600)
  })

  const rows = () => service.db.decision.findMany({ where: { accessTokenId: decoy.id } })
  const counted = async () => (await rows()).reduce((sum, { repeats }) => sum + 1 + (repeats ?? 0), 0)
  async function settled() {
    await allUsesRecorded()
    await allRaised()
  }

  const incidents = () => service.db.incident.findMany({ where: { reason: canaryUsed, identityId: decoy.identityId } })
  /** What the rounds of grouping do, some seconds later. */
  async function grouped() {
    const { db, organizationId } = service
    if (!(await areAllAdopted(db))) await adopt(db)
    await sealAll(db, new Date('2027-06-01T12:00:00Z'))
    while (!(await groupRefusals(db, organizationId, caller().now())).isDone);
    service.pass(60)
    await recountRefusals(db, organizationId, caller().now())
  }

  /** Uses at the same time, of addresses in turn. @returns how many writes they made */
  async function flood(count: number, addresses: number) {
    const keep = vi.spyOn(loginStoreOf(service.db), 'keep')
    const before = keep.mock.calls.length
    await Promise.all(
      Array.from({ length: count }, (_, n) =>
        noticeDecoy(caller(`198.51.${Math.floor((n % addresses) / 256)}.${(n % addresses) % 256}`), decoy.token),
      ),
    )
    await settled()
    return keep.mock.calls.length - before
  }

  test.each<[string, (token: string) => string]>([
    ['with a scheme before it', (token) => `token ${token}`],
    ['in quotes', (token) => `"${token}",`],
    ['as a password', (token) => `agent:${token}`],
    ['without its signature', (token) => token.slice(0, token.lastIndexOf('.'))],
    ['with half of its signature', (token) => token.slice(0, -40)],
    ['behind another token', (token) => `e30.e30.AA ${token}`],
  ])('a decoy token is noticed %s', async (_, sent) => {
    await noticeDecoy(caller(), sent(decoy.token))
    await settled()
    expect(await counted()).toBe(1)
  })

  test('the first use is an incident at once', async () => {
    await noticeDecoy(caller(), decoy.token)
    await settled()
    expect(await incidents()).toMatchObject([
      { count: 1, about: 'The decoy token “trap” of “agent”, planted in “wiki”, was used at GET /api.' },
    ])
  })

  test('a flood of uses of one address is a few writes that count every use, and so does the incident', async () => {
    const writes = await flood(1_000, 1)
    expect(writes).toBe(atOnceMax + 1)
    expect(await counted()).toBe(1_000)
    service.pass(1)
    await noticeDecoy(caller('198.51.0.0'), decoy.token)
    await settled()
    expect(await counted()).toBe(1_001)
    await grouped()
    expect(await incidents()).toMatchObject([{ count: 1_001, state: 'open' }])
  })

  test('uses of many addresses are at most a record each, and of very many no more than are told apart', async () => {
    expect(await flood(300, 50)).toBeLessThanOrEqual(atOnceMax + 50)
    expect(await counted()).toBe(300)
    service.pass(1)
    expect(await flood(1_000, 500)).toBeLessThanOrEqual(atOnceMax + addressesMax + 1)
    expect(await counted()).toBe(1_300)
  })

  test('a use that cannot be recorded is told to the log, without the token', async () => {
    const told = vi.fn()
    setFailureLog(told)
    vi.spyOn(loginStoreOf(service.db), 'keep').mockRejectedValueOnce(new Error('the disk is full'))
    await noticeDecoy(caller(), decoy.token)
    await settled()
    setFailureLog(undefined)
    const about = { decoyId: decoy.id, times: 1, ip: '192.0.2.1', via: 'GET /api' }
    expect(told.mock.calls).toEqual([[new Error('the disk is full'), expect.any(String), about]])
    expect(JSON.stringify(told.mock.calls)).not.toContain(decoy.token.split('.')[2])
    expect(await counted()).toBe(0)
  })

  test('an alarm that cannot be raised at once is told to the log', async () => {
    const told = vi.fn()
    setFailureLog(told)
    vi.spyOn(service.db, '$transaction').mockRejectedValue(new Error('the disk is full'))
    await noticeDecoy(caller(), decoy.token)
    await settled()
    setFailureLog(undefined)
    expect(told.mock.calls).toMatchObject([
      [{ message: 'the disk is full' }, 'an alarm could not be raised at once', {}],
    ])
    expect(await counted()).toBe(1)
  })

  test('a decoy that is known and a token that is not make the same statements before the answer', async () => {
    const url = process.env.DATABASE_URL ?? ''
    const watched = watchedClient(url)
    const ctx = { ...caller(), db: watched.db }
    const [header, , signature] = decoy.token.split('.')
    const claims = JSON.parse(Buffer.from(decoy.token.split('.')[1] ?? '', 'base64url').toString())
    const body = Buffer.from(JSON.stringify({ ...claims, jti: newId() })).toString('base64url')
    const unknown = await watched.statementsOf(() => noticeDecoy(ctx, `${header}.${body}.${signature}`))
    const known = await watched.statementsOf(() => noticeDecoy(ctx, decoy.token))
    expect(known.map(({ query }) => query)).toEqual(unknown.map(({ query }) => query))
    expect(known).toHaveLength(1)
    await settled()
    await watched.db.$disconnect()
  })
})
