import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { useService } from '@/e2e/fixtures/service'
import { newRequestId } from '@/lib/ids'
import type { ClaimRule } from '@/lib/trust/policy'
import type { Trust } from '@/lib/trust/trust'
import type { Context } from '../context'
import { createIdentity } from '../identity/create-identity'
import { createTrust } from '../trust/create-trust'
import { changeSubjectForm } from './change-subject-form'
import { listSubjectMigration } from './subject-migration'

const service = useService()
const issuer = 'https://token.actions.githubusercontent.com'
const classic = 'repo:octo-org/api:ref:refs/heads/main'
const immutable = 'repo:octo-org@123456/api@456789:ref:refs/heads/main'
const ids = {
  repository: 'octo-org/api',
  repository_id: '456789',
  repository_owner: 'octo-org',
  repository_owner_id: '123456',
}

let admin: Context
beforeEach(async () => {
  admin = (await service.person('admin')).ctx
})

const rule = (path: string, ...values: string[]): ClaimRule => ({
  path,
  matcher: { kind: 'glob-any', values },
  whenAbsent: 'refuse',
})

async function trustOn(...subjects: string[]): Promise<Trust> {
  const { id } = await createIdentity(admin, { name: `robot ${randomUUID()}` })
  return createTrust(admin, {
    ...{ kind: 'jwt', identityId: id, name: 'robot', issuer },
    keys: [{ kind: 'jwks-url', url: `${issuer}/.well-known/jwks`, caCert: '' }],
    rules: [rule('aud', 'https://keybound.example'), ...(subjects.length > 0 ? [rule('sub', ...subjects)] : [])],
  })
}

type Login = { subject: string; daysAgo?: number; accepted?: boolean; checkId?: string; claims?: object }

async function login(trust: Trust, { subject, daysAgo = 1, accepted = true, checkId, claims = {} }: Login) {
  const { organizationId, identityId, id: trustId } = trust
  const at = new Date(admin.now().getTime() - daysAgo * 86_400_000)
  await service.db.decision.create({
    data: {
      ...{
        id: newRequestId(),
        at,
        organizationId,
        identityId,
        trustId,
        method: 'jwt',
        accepted,
        message: 'x',
        trace: '[]',
      },
      ...{ subject, checkId: checkId ?? null, claims: JSON.stringify({ sub: subject, ...claims }) },
    },
  })
}

const rowOf = async (trust: Trust) =>
  (await listSubjectMigration(admin, { limit: 100 })).trusts.find(({ trust: { id } }) => id === trust.id)

describe('the board', () => {
  test('says which forms are accepted and in which tokens came', async () => {
    const trust = await trustOn(classic)
    await login(trust, { subject: classic, daysAgo: 2, claims: ids })
    await login(trust, { subject: classic, daysAgo: 5 })
    expect(await rowOf(trust)).toMatchObject({
      state: 'breaks',
      accepts: { classic: true, immutable: false },
      uses: { classic: { accepted: 2, refused: 0 }, immutable: { accepted: 0, refused: 0, lastAt: null } },
      step: { change: 'add-immutable', values: [immutable] },
    })
  })

  test('counts refusals for the subject alone, and no other trust’s logins', async () => {
    const [trust, other] = [await trustOn(classic), await trustOn(classic)]
    await login(trust, { subject: immutable, accepted: false, checkId: 'sub' })
    await login(trust, { subject: immutable, accepted: false, checkId: 'signature' })
    await login(other, { subject: classic })
    expect(await rowOf(trust)).toMatchObject({
      state: 'broken',
      uses: { immutable: { refused: 1 }, classic: { accepted: 0 } },
    })
  })

  test('does not look further back than 90 days', async () => {
    const trust = await trustOn(classic)
    await login(trust, { subject: classic, daysAgo: 91, claims: ids })
    expect(await rowOf(trust)).toMatchObject({
      uses: { classic: { accepted: 0 } },
      ...{ step: null, hindrance: expect.stringContaining('No verified token') },
    })
  })

  test('has trusts of GitHub’s issuers alone, enterprises included', async () => {
    const { id } = await createIdentity(admin, { name: `robot ${randomUUID()}` })
    const keys = [{ kind: 'jwks-url' as const, url: 'https://keys.example/jwks', caCert: '' }]
    const other = await createTrust(admin, {
      ...{ kind: 'jwt', identityId: id, name: 'x', keys, rules: [], issuer: 'https://gitlab.com' },
    })
    const made = await createIdentity(admin, { name: `robot ${randomUUID()}` })
    const enterprise = await createTrust(admin, {
      ...{ kind: 'jwt', identityId: made.id, name: 'x', keys, rules: [], issuer: `${issuer}/acme` },
    })
    expect(await rowOf(other)).toBeUndefined()
    expect(await rowOf(enterprise)).toMatchObject({ state: 'unbound' })
  })

  test('is read page by page', async () => {
    await trustOn(classic)
    await trustOn(classic)
    const first = await listSubjectMigration(admin, { limit: 1 })
    const second = await listSubjectMigration(admin, { limit: 1, after: first.next ?? '' })
    expect(first.trusts[0]?.trust.id).not.toBe(second.trusts[0]?.trust.id)
  })

  test('is for those who may read', async () => {
    const { ctx } = await service.person('no-access')
    await expect(listSubjectMigration(ctx, {})).rejects.toMatchObject({ kind: 'forbidden' })
  })
})

describe('one step', () => {
  test('adds the form with ids, and the audit has before and after', async () => {
    const trust = await trustOn(classic)
    await login(trust, { subject: classic, claims: ids })
    const { ctx } = await service.person('admin')
    expect(await changeSubjectForm(ctx, trust.id, { change: 'add-immutable' })).toMatchObject({
      state: 'ready',
      subjects: [classic, immutable],
    })
    const [entry] = await service.recorded(ctx)
    expect(entry).toMatchObject({ action: 'trust.updated', targetId: trust.id })
    expect(entry?.after.rules).toEqual([rule('aud', 'https://keybound.example'), rule('sub', classic, immutable)])
  })

  test('takes ids from tokens whose signature was verified, never from others', async () => {
    const trust = await trustOn(classic)
    await login(trust, { subject: classic, accepted: false, checkId: 'signature', claims: ids })
    const change = changeSubjectForm(admin, trust.id, { change: 'add-immutable' })
    await expect(change).rejects.toMatchObject({ kind: 'rule', reason: 'step_impossible' })
  })

  test('removes the classic form after 30 days without it', async () => {
    const trust = await trustOn(classic, immutable)
    await login(trust, { subject: classic, daysAgo: 40 })
    await login(trust, { subject: immutable, daysAgo: 1 })
    const past = new Date(admin.now().getTime() - 60 * 86_400_000)
    await service.db.trust.update({ where: { id: trust.id }, data: { updatedAt: past } })
    expect(await rowOf(trust)).toMatchObject({ state: 'retire', step: { change: 'retire-classic', values: [classic] } })
    expect(await changeSubjectForm(admin, trust.id, { change: 'retire-classic' })).toMatchObject({
      state: 'done',
      subjects: [immutable],
    })
  })

  test.each(['add-immutable', 'retire-classic'] as const)('%s is refused where it is not due', async (change) => {
    const trust = await trustOn(classic, immutable)
    await expect(changeSubjectForm(admin, trust.id, { change })).rejects.toMatchObject({ reason: 'step_not_due' })
  })

  test('is for those who may change the trust', async () => {
    const trust = await trustOn(classic)
    await login(trust, { subject: classic, claims: ids })
    const { ctx } = await service.person('auditor')
    const change = changeSubjectForm(ctx, trust.id, { change: 'add-immutable' })
    await expect(change).rejects.toMatchObject({ kind: 'forbidden' })
  })
})
