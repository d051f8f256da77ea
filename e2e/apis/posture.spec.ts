import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Client } from './client'
import { type Installation, install, jwtAuthPath } from './installation'
import { exact, storedIn, trust } from './posture-calls'

let here: Installation
let auditor: Client
let outsider: Client
beforeAll(async () => {
  here = await install()
  auditor = (await here.actor('auditor')).client
  outsider = (await here.actor('no-access')).client
})
afterAll(() => here.stop())
beforeEach(async () => {
  await here.db.trust.deleteMany()
})

const soon = () => new Date(Date.now() + 3_600_000).toISOString()
const reason = 'Accepted until the platform has moved.'
const stored = (sub: string) => storedIn(here, sub)

/** A trust of another organization. */
async function foreign(): Promise<string> {
  const identityId = await here.stranger()
  const { organizationId } = await here.db.identity.findUniqueOrThrow({ where: { id: identityId } })
  const json = { keys: '[]', algorithms: '[]', rules: '[]', lifetime: '{}', grant: '{}' }
  const row = { id: randomUUID(), organizationId, identityId, kind: 'jwt', name: 'theirs', ...json }
  return (await here.db.trust.create({ data: row })).id
}

const posture = async (query = '', client = here.admin) => client.get(`/api/admin/posture${query}`)

describe('what is refused', () => {
  test('the posture without the role auditor', async () => {
    expect((await posture('', outsider)).status).toBe(403)
    expect((await posture('', here.anonymous)).status).toBe(401)
  })

  test('a trust of another organization is not there', async () => {
    const trustId = await foreign()
    const answers = [
      await here.admin.post('/api/admin/analyse', { trustId }),
      await here.admin.post('/api/admin/analyse', { trustId, trust: trust(exact) }),
      await here.admin.post('/api/admin/evaluate', { trustId, token: 'x' }),
      await here.admin.post('/api/admin/compare', { before: { trustId }, after: { trust: trust(exact) } }),
      await here.admin.get(`/api/admin/trusts/${trustId}/posture`),
      await here.admin.post(`/api/admin/trusts/${trustId}/mutes`, { rule: 'L01', reason, until: soon() }),
      await here.admin.delete(`/api/admin/trusts/${trustId}/mutes/L01`),
    ]
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404))
    expect((await posture()).body).toMatchObject({ total: 0, trusts: [] })
  })
})

describe('the posture of the organization', () => {
  test('lists trusts worst first, in pages, by filter, and follows changes at once', async () => {
    const [open, tight] = [await stored('*'), await stored(exact)]
    const first = await posture('?limit=1')
    expect(first.status, first.text).toBe(200)
    expect(first.body).toMatchObject({ total: 2, unjudged: 0, isMore: false, worst: 'critical' })
    expect(first.body.trusts).toMatchObject([{ id: open, worst: 'critical', preset: { id: 'github' } }])
    const second = await posture(`?limit=1&cursor=${first.body.next}`)
    expect(second.body).toMatchObject({ trusts: [{ id: tight }], next: null })
    expect((await posture('?rule=L02')).body.trusts).toMatchObject([{ id: open }])
    const { identityId } = await here.db.trust.findUniqueOrThrow({ where: { id: open } })
    await here.admin.delete(jwtAuthPath(identityId ?? ''))
    expect((await posture()).body).toMatchObject({ total: 1, trusts: [{ id: tight }] })
  })

  test('an unknown filter and a made-up cursor are wrong fields', async () => {
    for (const query of ['?severity=bad', '?rule=__proto__', '?rule=%E0%A4%A', '?cursor=x', '?limit=0', '?nope=1']) {
      expect((await posture(query)).status, query).toBe(422)
    }
  })
})

describe('a mute', () => {
  const path = (trustId: string) => `/api/admin/trusts/${trustId}/mutes`

  test('removes a finding from the score, audited, until it is ended', async () => {
    const trustId = await stored('*')
    const before = (await here.admin.get(`/api/admin/trusts/${trustId}/posture`)).body
    const until = soon()
    const made = await here.admin.post(path(trustId), { rule: 'L02', reason, until })
    expect(made.status, made.text).toBe(201)
    expect(made.body).toMatchObject({ rule: 'L02', reason, until })
    const muted = (await auditor.get(`/api/admin/trusts/${trustId}/posture`)).body
    expect(muted.findings.find(({ id }: { id: string }) => id === 'L02').mute).toMatchObject({ reason, until })
    expect(muted.score).toBeGreaterThanOrEqual(before.score)
    expect((await posture('?rule=L02')).body.total).toBe(0)
    expect((await posture('?rule=L02&muted=true')).body.trusts).toMatchObject([{ id: trustId }])

    const { body: audit } = await here.admin.get(`/api/admin/audit?targetId=${trustId}&action=finding.muted`)
    expect(audit.entries).toMatchObject([{ action: 'finding.muted', reason, targetId: trustId }])

    expect((await here.admin.delete(`${path(trustId)}/L02`)).status).toBe(204)
    expect((await here.admin.delete(`${path(trustId)}/L02`)).status).toBe(404)
    expect((await posture('?rule=L02')).body.total).toBe(1)
  })

  test('that has ended has no effect', async () => {
    const trustId = await stored('*')
    await here.admin.post(path(trustId), { rule: 'L02', reason, until: soon() })
    await here.db.findingMute.updateMany({ data: { until: new Date(Date.now() - 1000) } })
    expect((await posture('?rule=L02')).body.total).toBe(1)
    expect((await here.admin.get(`/api/admin/trusts/${trustId}/posture`)).body.mutes).toEqual([])
  })

  test('goes with its trust', async () => {
    const trustId = await stored('*')
    await here.admin.post(path(trustId), { rule: 'L02', reason, until: soon() })
    const { identityId } = await here.db.trust.findUniqueOrThrow({ where: { id: trustId } })
    await here.admin.delete(jwtAuthPath(identityId ?? ''))
    expect(await here.db.findingMute.count()).toBe(0)
  })

  test('needs a reason, an end within a year, a rule that exists, and the right to change the trust', async () => {
    const trustId = await stored('*')
    const wrong = [
      { reason: 'short' },
      { until: '2001-01-01T00:00:00Z' },
      { until: '2999-01-01T00:00:00Z' },
      { rule: 'L999' },
    ]
    for (const change of wrong) {
      const answer = await here.admin.post(path(trustId), { rule: 'L02', reason, until: soon(), ...change })
      expect(answer.status, answer.text).toBe(422)
      expect(answer.body.fields[0].path).toEqual(Object.keys(change))
    }
    expect((await auditor.post(path(trustId), { rule: 'L02', reason, until: soon() })).status).toBe(403)
    expect(await here.db.findingMute.count()).toBe(0)
  })
})
