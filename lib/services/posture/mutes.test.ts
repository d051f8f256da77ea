import { beforeEach, describe, expect, test } from 'vitest'
import { jwtTrust, useService } from '@/e2e/fixtures/service'
import type { Context } from '../context'
import { createIdentity } from '../identity/create-identity'
import { createTrust } from '../trust/create-trust'
import { removeTrust } from '../trust/remove-trust'
import { muteFinding } from './mute-finding'
import { mutesOf, mutesOfOrganization } from './mutes'
import { unmuteFinding } from './unmute-finding'

const service = useService()
const reason = 'Accepted until the platform moves.'
const soon = '2026-06-02T12:00:00Z'

let admin: Context
let trustId: string
beforeEach(async () => {
  admin = (await service.person('admin')).ctx
  const { id } = await createIdentity(admin, { name: 'robot', role: 'admin' })
  trustId = (await createTrust(admin, await jwtTrust(id))).id
})

const live = () => mutesOf(service.db, trustId, admin.now())

test('a second mute of a rule replaces the first, and the entry has both', async () => {
  await muteFinding(admin, trustId, { rule: 'L17', reason, until: soon })
  const again = (await service.person('admin')).ctx
  await muteFinding(again, trustId, {
    rule: 'L17',
    reason: 'Accepted for longer still.',
    until: '2026-07-01T00:00:00Z',
  })
  expect(await live()).toMatchObject([{ rule: 'L17', reason: 'Accepted for longer still.' }])
  expect(await service.recorded(again)).toMatchObject([
    {
      ...{ action: 'finding.muted', targetKind: 'trust', targetId: trustId, reason: 'Accepted for longer still.' },
      ...{ before: { rule: 'L17', reason }, after: { rule: 'L17', until: '2026-07-01T00:00:00.000Z' } },
    },
  ])
})

test('a mute ends by itself, and what has ended cannot be ended again', async () => {
  await muteFinding(admin, trustId, { rule: 'L17', reason, until: soon })
  const inTime = (date: string) => mutesOf(service.db, trustId, new Date(date))
  expect(await inTime('2026-06-02T11:59:59Z')).toHaveLength(1)
  expect(await inTime(soon)).toEqual([])
  expect((await mutesOfOrganization(service.db, service.organizationId, new Date(soon))).get(trustId)).toBeUndefined()
  await expect(unmuteFinding(admin, { trustId, rule: 'L04' })).rejects.toMatchObject({ kind: 'not-found' })
})

test('mutes go with their trust', async () => {
  await muteFinding(admin, trustId, { rule: 'L17', reason, until: soon })
  await removeTrust(admin, { id: trustId })
  expect(await service.db.findingMute.count({ where: { trustId } })).toBe(0)
})

describe('no mute', () => {
  test.each([
    ['until a time that has passed', { until: '2026-06-01T11:59:59Z' }, 'until'],
    ['for more than a year', { until: '2027-06-03T00:00:00Z' }, 'until'],
    ['of a rule that does not exist', { rule: 'L999' }, 'rule'],
  ])('%s', async (_, change, field) => {
    const refused = muteFinding(admin, trustId, { rule: 'L17', reason, until: soon, ...change })
    await expect(refused).rejects.toMatchObject({ kind: 'invalid', fields: [{ path: [field] }] })
    expect(await live()).toEqual([])
  })

  test('by an actor who may not change the trust', async () => {
    const { ctx: member } = await service.person('member')
    const request = { rule: 'L17', reason, until: soon }
    await expect(muteFinding(member, trustId, request)).rejects.toMatchObject({ reason: 'rank_too_low' })
    await muteFinding(admin, trustId, request)
    await expect(unmuteFinding(member, { trustId, rule: 'L17' })).rejects.toMatchObject({ reason: 'rank_too_low' })
    expect(await live()).toHaveLength(1)
  })
})
