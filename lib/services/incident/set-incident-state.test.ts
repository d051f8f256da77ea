import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { databaseNames } from '@/e2e/fixtures/both-databases'
import { useService } from '@/e2e/fixtures/service'
import type { Db } from '@/lib/db/client'
import { getIncident } from './get-incident'
import { listIncidents } from './list-incidents'
import { setIncidentState } from './set-incident-state'

describe.each(databaseNames)('on %s', (name) => {
  const service = useService(name)

  async function incident(organizationId: string | null = service.organizationId, over: object = {}) {
    const id = randomUUID()
    const at = new Date('2026-06-01T10:00:00.000Z')
    await service.db.incident.create({
      data: {
        ...{ id, organizationId, groupKey: id, method: 'jwt', reason: 'token_expired', identityName: 'deployer' },
        ...{ firstAt: at, at, count: 3, firstDecisionId: 'first', lastDecisionId: 'last', addresses: '', spark: '' },
        ...over,
      },
    })
    return id
  }
  const stored = (id: string) => service.db.incident.findUniqueOrThrow({ where: { id } })

  test('a member acknowledges, resolves and reopens; each is on record with the note as its reason', async () => {
    const member = await service.person('member', 'Mel')
    const id = await incident()
    const steps = [
      ['acknowledged', 'incident.acknowledged', 'The key was rotated.'],
      ['resolved', 'incident.resolved', null],
      ['open', 'incident.reopened', 'Not over.'],
    ] as const
    for (const [at, [state, action, note]] of steps.entries()) {
      const { ctx } = member
      expect(await setIncidentState(ctx, id, { state, note, version: at })).toMatchObject({
        state,
        note,
        version: at + 1,
      })
      expect(await stored(id)).toMatchObject({ state, note, stateByName: 'Mel', stateById: member.id, count: 3 })
      const [entry, ...more] = await service.recorded(ctx)
      expect(more).toEqual([])
      expect(entry).toMatchObject({ action, targetId: id, targetName: 'token_expired · deployer', reason: note })
      expect(entry).toMatchObject({ before: { state: expect.any(String) }, after: { state, note } })
    }
  })

  test('an auditor reads, and changes nothing; a role below reads nothing', async () => {
    const id = await incident()
    const auditor = await service.person('auditor')
    expect(await getIncident(auditor.ctx, id)).toMatchObject({ id, count: 3, changes: [] })
    await expect(setIncidentState(auditor.ctx, id, { state: 'resolved' })).rejects.toMatchObject({ kind: 'forbidden' })
    const { ctx } = await service.person('no-access')
    await expect(getIncident(ctx, id)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(listIncidents(ctx, {})).rejects.toMatchObject({ kind: 'forbidden' })
    const anonymous = service.context({ kind: 'anonymous' })
    await expect(setIncidentState(anonymous, id, { state: 'open' })).rejects.toMatchObject({ kind: 'unauthenticated' })
    expect(await stored(id)).toMatchObject({ state: 'open', stateVersion: 0 })
  })

  test('incidents that match no identity are read by every organization, and changed by an admin only', async () => {
    const id = await incident(null)
    const [member, admin] = [await service.person('member'), await service.person('admin')]
    expect(await getIncident(member.ctx, id)).toMatchObject({ organizationId: null })
    await expect(setIncidentState(member.ctx, id, { state: 'resolved' })).rejects.toMatchObject({ kind: 'forbidden' })
    const { ctx } = admin
    await setIncidentState(ctx, id, { state: 'resolved' })
    expect(await service.recorded(ctx)).toMatchObject([{ organizationId: service.organizationId }])
  })

  test('another organization’s incident is not there, by id or by the identity’s list', async () => {
    const identityId = randomUUID()
    const id = await incident(randomUUID(), { identityId })
    const { ctx } = await service.person('admin')
    await expect(getIncident(ctx, id)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(setIncidentState(ctx, id, { state: 'resolved' })).rejects.toMatchObject({ kind: 'not-found' })
    expect(await listIncidents(ctx, { identityId })).toMatchObject({ incidents: [] })
    expect(await stored(id)).toMatchObject({ state: 'open' })
  })

  test('of two people who read the same state one changes it, and the other is told', async () => {
    const id = await incident()
    const { ctx } = await service.person('member')
    await setIncidentState(ctx, id, { state: 'acknowledged', version: 0 })
    await expect(setIncidentState(ctx, id, { state: 'resolved', version: 0 })).rejects.toMatchObject({
      kind: 'conflict',
    })
    expect(await stored(id)).toMatchObject({ state: 'acknowledged' })
  })

  test('what is so already is not put on record again', async () => {
    const id = await incident()
    const { ctx } = await service.person('member')
    await setIncidentState(ctx, id, { state: 'open' })
    expect(await service.recorded(ctx)).toEqual([])
  })

  test('has not happened when its entry cannot be written', async () => {
    const id = await incident()
    const { ctx } = await service.person('member')
    const create = () => Promise.reject(new Error('the disk is full'))
    const db = service.db.$extends({ query: { auditEntry: { create } } }) as unknown as Db
    await expect(setIncidentState({ ...ctx, db }, id, { state: 'resolved' })).rejects.toThrow('the disk is full')
    expect(await stored(id)).toMatchObject({ state: 'open', stateVersion: 0 })
  })

  test('the list is filtered by state, reason and identity, and paged by a cursor without gaps or repeats', async () => {
    const identityId = randomUUID()
    const at = (n: number) => new Date(Date.UTC(2026, 5, 1, 0, Math.floor(n / 2)))
    const ids: string[] = []
    for (let n = 0; n < 7; n++) {
      const over = { identityId, at: at(n), state: n % 2 ? 'resolved' : 'open', reason: n < 3 ? 'paged_a' : 'paged_b' }
      ids.push(await incident(service.organizationId, over))
    }
    const { ctx } = await service.person('auditor')
    const read = async (query: object) => {
      const found: string[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page = await listIncidents(ctx, { ...query, limit: 2, ...(cursor === '' ? {} : { cursor }) })
        found.push(...page.incidents.map(({ id }) => id))
        cursor = page.next
      }
      return found
    }
    expect((await read({ identityId })).sort()).toEqual([...ids].sort())
    expect((await read({ reason: 'paged_a' })).sort()).toEqual(ids.slice(0, 3).sort())
    const resolved = [1, 3, 5].map((n) => ids[n]).sort()
    expect((await read({ identityId, state: 'resolved' })).sort()).toEqual(resolved)
    expect((await read({ state: 'resolved', reason: 'paged_b' })).sort()).toEqual([ids[3], ids[5]].sort())
    expect(await read({ owner: 'none', identityId })).toEqual([])
  })
})
