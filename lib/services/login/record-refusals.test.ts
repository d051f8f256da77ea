import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import type { Db } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { newRequestId } from '@/lib/ids'
import type { Check } from '@/lib/trust/engine/verdict'
import { listAuditEntries } from '../audit/list-audit-entries'
import { recordRefusal } from '../audit/record-refusal'
import type { Actor, Context } from '../context'
import { addUpDecisions, decisionCounts } from '../decision/decision-days'
import { getDecision } from '../decision/get-decision'
import { recordDecision } from './record-decision'
import { placeRefusal } from './repeated-refusals'

const databases = bothDatabases()
const start = new Date('2026-08-01T12:00:00.000Z')
const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000)

const check = (reason: string): Check => ({
  ...{ id: 'exp', status: 'fail', title: 'Expiry', message: 'The token expired.', reason, trusted: false },
})

describe.each(databaseNames)('on %s', (name) => {
  let db: Db
  let organizationId: string
  let network = 0
  let address = ''
  beforeEach(async () => {
    db = databases.client(name)
    organizationId = randomUUID()
    address = `2001:db8:${(++network).toString(16)}:${name === 'sqlite' ? 1 : 2}::`
    await db.organization.create({ data: { id: organizationId, name: 'Acme', slug: organizationId } })
    await db.decision.deleteMany()
    await db.auditEntry.deleteMany()
  })

  const context = (actor: Actor = { kind: 'anonymous' }, at = start, host = 1): Context =>
    ({
      ...{ db, now: () => at, requestId: newRequestId(), ip: `${address}${host.toString(16)}`, userAgent: null, actor },
      organizationId: actor.kind === 'anonymous' ? null : organizationId,
    }) as unknown as Context
  const reader = () => context({ kind: 'user', id: randomUUID(), name: 'Ada', role: 'auditor', sessionId: '' })

  type Refusal = { reason?: string; identityId?: string; owner?: string | null; at?: Date; host?: number }
  function input({ reason = 'token_expired', identityId = 'i', owner = organizationId }: Refusal) {
    const decisive = check(reason)
    const verdict = {
      accepted: false,
      decisive,
      checks: [decisive],
      header: null,
      claims: null,
      key: null,
      grant: null,
    }
    return {
      ...{ organizationId: owner, identity: { id: identityId, name: 'ci' }, trust: { id: 't', version: 1 } },
      ...{ method: 'jwt', token: 'x', verdict },
    }
  }
  async function refuse(refusal: Refusal = {}) {
    const ctx = context(undefined, refusal.at, refusal.host)
    await db.$transaction((tx) => recordDecision(tx, ctx, input(refusal)))
    return ctx.requestId
  }

  test('refusals of one cause from one address at one identity are counted into one row once they repeat', async () => {
    const ids: string[] = []
    for (let time = 0; time < 30; time++) ids.push(await refuse({ at: after(time), host: time + 1 }))
    const rows = await db.decision.findMany({ orderBy: { at: 'asc' } })
    expect(rows).toHaveLength(11)
    expect(rows.at(-1)).toMatchObject({ repeats: 19, at: after(10), lastAt: after(29), identityId: 'i' })
    expect(rows.slice(0, 10).every(({ repeats, lastAt }) => repeats === null && lastAt === null)).toBe(true)
    // Every caller's id finds the row it was counted into.
    for (const [time, id] of ids.entries()) {
      expect((await getDecision(reader(), id)).id).toBe(time < 10 ? id : rows.at(-1)?.id)
    }
    expect(new Set(ids).size).toBe(30)
  })

  test('another cause, another identity, another address and another hour have rows of their own', async () => {
    for (let time = 0; time < 20; time++) await refuse()
    const [before] = [await db.decision.count()]
    const others = [
      await refuse({ reason: 'signature_invalid' }),
      await refuse({ identityId: 'j' }),
      await refuse({ at: after(60) }),
    ]
    address = address.replace('2001:db8', '2001:db9')
    others.push(await refuse())
    expect(await db.decision.count()).toBe(before + 4)
    expect(await db.decision.findMany({ where: { id: { in: others } } })).toHaveLength(4)
  })

  test('identities that do not exist are one, however many a caller names', async () => {
    for (let time = 0; time < 40; time++) await refuse({ owner: null, identityId: randomUUID() })
    expect(await db.decision.count()).toBe(11)
  })

  test('rows that one address can add in an hour are bounded, and further ones name no identity', async () => {
    for (let time = 0; time < 1_000; time++) placeRefusal(context(), input({ identityId: `identity ${time}` }))
    for (let time = 0; time < 20; time++) await refuse({ identityId: `another ${time}` })
    const expected = { repeats: 19, identityId: null, identityName: null, trustId: null, organizationId }
    expect(await db.decision.findMany()).toMatchObject([expected])
  })

  test.each([
    ['identities that do not exist', { owner: null }],
    ['one identity', { identityId: 'flooded' }],
  ])('a flood at %s, from ever new addresses, takes no identity off refusals elsewhere', (kind, flooded) => {
    const at = after(kind === 'one identity' ? 600 : 900)
    const from = (ip: string) => ({ ...context(undefined, name === 'sqlite' ? at : after(1_200)), ip })
    for (let time = 0; time < 21_000; time++) {
      placeRefusal(from(`2001:db8:${(time >> 4).toString(16)}:${time & 15}::1`), input(flooded))
    }
    expect(placeRefusal(from('2001:db9::1'), input({ identityId: `real ${kind}` }))).toEqual({
      isMixed: false,
      folded: null,
    })
  })

  test('every refusal counts for its day, also where it has no row of its own', async () => {
    for (let time = 0; time < 25; time++) await refuse()
    while ((await addUpDecisions(db)) > 0);
    expect(await decisionCounts(db, organizationId, start)).toMatchObject([{ accepted: false, count: 25 }])
  })

  test('refusals that come at once are all counted', async () => {
    const ids = await Promise.all(Array.from({ length: 60 }, () => refuse()))
    const rows = await db.decision.findMany()
    expect(rows.reduce((sum, { repeats }) => sum + 1 + (repeats ?? 0), 0)).toBe(60)
    expect(rows.length).toBeLessThanOrEqual(30)
    for (const id of ids) await getDecision(reader(), id)
  })

  test('refused acts of a token without a role are counted into one entry, which every request id finds', async () => {
    const actor: Actor = { kind: 'identity', id: randomUUID(), name: 'ci', role: 'no-access', accessTokenId: 'a' }
    const ids: (string | null)[] = []
    for (let time = 0; time < 30; time++) {
      const ctx = context(actor, after(time))
      await recordRefusal(ctx, { method: 'GET', path: '/api/v1/identities' }, new AppError('forbidden', 'No.'))
      ids.push(ctx.requestId)
    }
    const entries = await db.auditEntry.findMany({ orderBy: { at: 'asc' } })
    expect(entries).toHaveLength(11)
    expect(entries.at(-1)).toMatchObject({ action: 'access.refused', repeats: 19, lastAt: after(29) })
    for (const id of [ids[10], ids[29]]) {
      expect((await listAuditEntries(reader(), { search: id ?? '' })).entries).toMatchObject([
        { id: entries.at(-1)?.id },
      ])
    }
  })
})
