import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { useService } from '@/e2e/fixtures/service'
import type { Trust } from '@/lib/trust/trust'
import type { Context } from '../context'
import { createIdentity } from '../identity/create-identity'
import { removeIdentity } from '../identity/remove-identity'
import { createTrust } from '../trust/create-trust'
import { removeTrust } from '../trust/remove-trust'
import { updateTrust } from '../trust/update-trust'
import { getPosture, PostureQuery } from './get-posture'
import { getTrustPosture } from './get-trust-posture'
import { keepPostures } from './keep-postures'
import { muteFinding } from './mute-finding'
import { recordPostureDay } from './record-posture-day'

const service = useService()

let admin: Context
beforeEach(async () => {
  await service.db.trust.deleteMany()
  await service.db.postureDay.deleteMany()
  admin = (await service.person('admin')).ctx
})

const issuer = 'https://token.actions.githubusercontent.com'
const exact = 'repo:acme@1/app@2:ref:refs/heads/main'

async function trustWith(sub: string, name = 'deploy', enabled = true) {
  const { id: identityId } = await createIdentity(admin, { name: `robot ${randomUUID()}` })
  return createTrust(admin, { ...draft(sub), identityId, name, enabled })
}

function draft(sub: string) {
  return {
    kind: 'jwt' as const,
    issuer,
    keys: [{ kind: 'jwks-url' as const, url: `${issuer}/.well-known/jwks`, caCert: '' }],
    rules: [
      { path: 'aud', matcher: { kind: 'glob-any' as const, values: ['https://keybound.acme.dev'] } },
      { path: 'sub', matcher: { kind: 'glob-any' as const, values: [sub] } },
    ],
    grant: { ttlSeconds: 900, ttlSecondsMax: 900 },
  }
}

const tightened = ({ identityId, name }: Trust) => ({ ...draft(exact), identityId, name })

const posture = (query = {}, ctx = admin) => getPosture(ctx, query)

describe('the posture of an organization', () => {
  test('without trusts has no score', async () => {
    expect(await posture()).toMatchObject({ score: null, worst: null, trusts: [], total: 0, next: null, unjudged: 0 })
  })

  test('lists trusts worst first, each with what is found in it, and is capped by the worst finding', async () => {
    await trustWith(exact, 'tight')
    await trustWith('*', 'open')
    const { trusts, score, worst, counts, rules } = await posture()
    expect(trusts.map(({ name }) => name)).toEqual(['open', 'tight'])
    expect(trusts[0]).toMatchObject({ worst: 'critical', preset: { id: 'github' }, identityId: expect.any(String) })
    expect(trusts[0]?.findings.map(({ id }) => id)).toContain('L02')
    expect(trusts[0]?.strangers?.admitted).toBeGreaterThan(trusts[1]?.strangers?.admitted ?? 0)
    expect(score).toBeLessThanOrEqual(30)
    expect(worst).toBe('critical')
    expect(counts.critical).toBeGreaterThan(0)
    expect(rules[0]).toMatchObject({ severity: 'critical', trusts: 1, muted: 0 })
  })

  test('does not count trusts that are disabled', async () => {
    await trustWith('*', 'open', false)
    const { trusts, score, counts } = await posture()
    expect(trusts.map(({ enabled }) => enabled)).toEqual([false])
    expect({ score, critical: counts.critical }).toEqual({ score: null, critical: 0 })
  })

  test('of some identities has their trusts alone, with their roles, and counts all', async () => {
    const { identityId, id } = await trustWith('*', 'open')
    await trustWith(exact, 'tight')
    const { trusts, total, counts } = await posture({ identityIds: identityId })
    expect(trusts).toMatchObject([{ id, identityId, role: 'no-access' }])
    expect({ total, isCounted: counts.critical > 0 }).toEqual({ total: 1, isCounted: true })
    expect((await posture({ identityIds: randomUUID() })).trusts).toEqual([])
    await expect(posture({ identityIds: 'x' })).rejects.toThrow('at most 100 ids')
  })

  test('follows each change: one made, changed, removed, or gone with its identity', async () => {
    const { id } = await trustWith('*')
    expect((await posture()).worst).toBe('critical')
    await updateTrust(admin, { id }, tightened)
    expect((await posture()).trusts[0]).toMatchObject({ version: 2, worst: expect.not.stringMatching('critical') })
    const other = await trustWith('*')
    expect((await posture()).total).toBe(2)
    await removeIdentity(admin, other.identityId ?? '')
    expect((await posture()).total).toBe(1)
    await removeTrust(admin, { id })
    expect(await posture()).toMatchObject({ total: 0, score: null })
  })

  test('is that of the own organization alone', async () => {
    await trustWith('*')
    const organizationId = randomUUID()
    await service.db.organization.create({ data: { id: organizationId, name: 'Other', slug: organizationId } })
    expect(await posture({}, { ...admin, organizationId })).toMatchObject({ total: 0, trusts: [] })
  })

  test('pages go through all trusts once', async () => {
    for (const sub of [exact, '*', 'repo:acme/*', exact]) await trustWith(sub)
    const seen: string[] = []
    let cursor: string | null | undefined
    do {
      const page = await posture({ limit: 1, ...(cursor ? { cursor } : {}) })
      seen.push(...page.trusts.map(({ id }) => id))
      cursor = page.next
    } while (cursor)
    expect(new Set(seen).size).toBe(4)
    expect(seen).toHaveLength(4)
    await expect(posture({ cursor: 'x' })).rejects.toMatchObject({ fields: [{ path: ['cursor'] }] })
  })

  test.each([
    [{ severity: 'critical' }, ['open']],
    [{ rule: 'L02' }, ['open']],
    [{ rule: 'L02', severity: 'info' }, []],
    [{ method: 'oidc' }, []],
    [{ muted: 'true' }, []],
    [{ enabled: 'true' }, ['open', 'tight']],
  ])('filter %j', async (query, names) => {
    await trustWith(exact, 'tight')
    await trustWith('*', 'open')
    expect((await posture(query)).trusts.map(({ name }) => name)).toEqual(names)
  })

  test('needs the role auditor', async () => {
    await posture({}, (await service.person('auditor')).ctx)
    await expect(posture({}, (await service.person('no-access')).ctx)).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

test('a rule that is not named as rules are is a wrong filter', async () => {
  for (const rule of ['__proto__', 'L1', 'L01 ', '']) {
    const { error } = PostureQuery.safeParse({ rule })
    expect(error?.issues.map(({ path }) => path)).toEqual([['rule']])
  }
})

describe('a muted finding', () => {
  test('is shown, does not count, and counts again when the mute has ended', async () => {
    const { id } = await trustWith('repo:acme@1/*', 'wide')
    const before = await posture()
    const rules = before.trusts[0]?.findings.map((finding) => finding.id) ?? []
    expect(rules).not.toEqual([])
    for (const rule of rules) {
      await muteFinding(admin, id, { rule, reason: 'Accepted for now.', until: '2026-06-01T13:00:00Z' })
    }
    const muted = await posture()
    expect(muted).toMatchObject({ score: 100, worst: null })
    expect(muted.trusts[0]?.findings.map(({ mute }) => mute?.reason)).toEqual(rules.map(() => 'Accepted for now.'))
    expect((await posture({ muted: 'true', rule: rules[0] })).total).toBe(1)
    expect((await posture({ rule: rules[0] })).total).toBe(0)
    const one = await getTrustPosture(admin, id)
    expect(one).toMatchObject({ score: 100, worst: null, trustId: id, version: 1 })
    expect(one.mutes.map(({ rule }) => rule).sort()).toEqual([...rules].sort())
    expect(one.lastEnabledVersion).toBe(1)
    const later = { ...admin, now: () => new Date('2026-06-01T13:00:00Z') }
    expect(await posture({}, later)).toMatchObject({ score: before.score, worst: before.worst })
  })
})

describe('what was found is kept', () => {
  test('and read, not judged again, until the trust changes', async () => {
    const { id } = await trustWith('*')
    await posture()
    const row = () => service.db.trustPosture.findUniqueOrThrow({ where: { trustId: id } })
    const first = await row()
    await posture()
    expect(await row()).toEqual(first)
    await updateTrust(admin, { id }, tightened)
    await posture()
    expect(await row()).toMatchObject({ version: 2 })
  })

  test('a row that cannot be read, or of another version of the program, is written anew', async () => {
    const { id } = await trustWith('*')
    await posture()
    for (const data of [{ found: '{' }, { judgedBy: '0.0.0' }]) {
      await service.db.trustPosture.update({ where: { trustId: id }, data })
      // Another trust is a change: all are read again.
      await trustWith(exact)
      expect((await posture({ rule: 'L02' })).total).toBe(1)
      expect((await service.db.trustPosture.findUniqueOrThrow({ where: { trustId: id } })).found).toContain('L02')
    }
  })
})

describe('in the background', () => {
  const pace = { mayGoOn: () => true, pause: async () => undefined }

  test('trusts are judged, again after a day, and the posture of the day is kept', async () => {
    const { id } = await trustWith('*')
    await keepPostures(admin, pace)
    const first = await service.db.trustPosture.findUniqueOrThrow({ where: { trustId: id } })
    const day = () => service.db.postureDay.findMany({ orderBy: { day: 'asc' } })
    expect(await day()).toMatchObject([{ day: '2026-06-01', score: expect.any(Number), critical: expect.any(Number) }])
    const nextDay = { ...admin, now: () => new Date('2026-06-02T12:00:01Z') }
    await keepPostures(nextDay, pace)
    const again = await service.db.trustPosture.findUniqueOrThrow({ where: { trustId: id } })
    expect(again.judgedAt.getTime()).toBeGreaterThan(first.judgedAt.getTime())
    expect((await day()).map((row) => row.day)).toEqual(['2026-06-01', '2026-06-02'])
    expect((await posture({}, nextDay)).trend.map((row) => row.day)).toEqual(['2026-06-01', '2026-06-02'])
  })

  test('of many trusts the attack stories are judged there, and lists say so until then', async () => {
    for (let at = 0; at <= 20; at++) await trustWith('*', `many ${at}`)
    const first = await posture({ limit: 1 })
    expect(first.trusts).toMatchObject([{ isPartial: true, strangers: null, worst: 'critical' }])
    await keepPostures(admin, pace)
    const [done] = (await posture({ limit: 1 })).trusts
    expect(done).toMatchObject({ isPartial: false, strangers: { admitted: expect.any(Number) } })
  })

  test('work that must end leaves the rest for later', async () => {
    await trustWith('*')
    await keepPostures(admin, { ...pace, mayGoOn: () => false })
    expect(await service.db.trustPosture.count()).toBe(0)
  })

  test('a day that is kept again is that of its last posture', async () => {
    const { id } = await trustWith('*')
    await keepPostures(admin, pace)
    await updateTrust(admin, { id }, tightened)
    await keepPostures(admin, pace)
    await recordPostureDay(service.db, service.organizationId, admin.now())
    expect(await service.db.postureDay.findMany()).toMatchObject([{ critical: 0 }])
  })
})
