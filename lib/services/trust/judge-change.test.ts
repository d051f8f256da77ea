import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { useService } from '@/e2e/fixtures/service'
import type { Context } from '../context'
import { createIdentity } from '../identity/create-identity'
import { createTrust } from './create-trust'
import { getTrust } from './find-trust'
import type { Justification } from './judge-change'
import { updateTrust } from './update-trust'

const service = useService()
const issuer = 'https://token.actions.githubusercontent.com'
const exact = 'repo:acme@1/app@2:ref:refs/heads/main'
const other = 'repo:acme@1/web@3:ref:refs/heads/main'
const reason = 'Web deploys from here, too.'
const required = { isRequired: true }

let admin: Context
beforeEach(async () => {
  admin = (await service.person('admin')).ctx
})

const rule = (path: string, ...values: string[]) => ({ path, matcher: { kind: 'glob-any' as const, values } })
const audience = rule('aud', 'https://keybound.acme.dev')
const tight = [audience, rule('sub', exact)]

async function made(rules: ReturnType<typeof rule>[], justification?: Justification, enabled = true) {
  const { id: identityId } = await createIdentity(admin, { name: `robot ${randomUUID()}` })
  const keys = [{ kind: 'jwks-url' as const, url: `${issuer}/.well-known/jwks`, caCert: '' }]
  const draft = { kind: 'jwt' as const, identityId, name: 'deploy', issuer, keys, rules, enabled }
  // A request of its own, whose entries can be told apart.
  const ctx = (await service.person('admin')).ctx
  return { ctx, identityId, act: createTrust(ctx, draft, { justification }) }
}

async function stored(rules: ReturnType<typeof rule>[], enabled = true) {
  const { act } = await made(rules, undefined, enabled)
  return act
}

const changing = (ctx: Context, id: string, change: object, justification?: Justification) =>
  updateTrust(ctx, { id }, (before) => ({ ...before, ...change }), null, { justification })

/** A request that reads a trust, and is overtaken by an act. */
function afterFirstRead(ctx: Context, act: () => Promise<unknown>): Context {
  let isFirst = true
  const trust = Object.create(ctx.db.trust, {
    findFirst: {
      value: async (query: Parameters<Context['db']['trust']['findFirst']>[0]) => {
        const row = await ctx.db.trust.findFirst(query)
        if (isFirst) await act()
        isFirst = false
        return row
      },
    },
  })
  return { ...ctx, db: Object.create(ctx.db, { trust: { value: trust } }) }
}

/** The audit entry of a request. */
async function entryOf(ctx: Context) {
  const [entry] = await service.recorded(ctx)
  const { raised, overridden, reason } = entry ?? {}
  return { raised: JSON.parse(raised ?? '[]'), overridden: JSON.parse(overridden ?? '[]'), reason }
}

describe('where a justification is required', () => {
  test('an enabled trust with blocking findings is not made; the error names rules, places, examples and what to do', async () => {
    const { identityId, act } = await made([audience], required)
    const error = await act.then(String, (error: unknown) => error)
    expect(error).toMatchObject({ kind: 'rule', reason: 'override_needed' })
    const { message, fields } = error as { message: string; fields: { code: string; path: unknown; message: string }[] }
    expect(message).toContain('"rules": ["L01","L02"]')
    expect(message).toContain('enabled: false')
    expect(fields).toMatchObject([
      { code: 'L01', path: ['rules'] },
      { code: 'L02', path: ['rules'], message: expect.stringContaining('For example, this gets in: ') },
    ])
    expect(await service.db.trust.count({ where: { identityId } })).toBe(0)
  })

  test('an override of some of the rules is refused by the others', async () => {
    const { act } = await made([audience], { ...required, override: { rules: ['L01'], reason } })
    await expect(act).rejects.toMatchObject({ reason: 'override_needed', fields: [{ code: 'L02' }] })
  })

  test('an override of all of them makes it, and the audit entry has it with its reason; a rule that found nothing does not', async () => {
    const { ctx, act } = await made([audience], { ...required, override: { rules: ['L02', 'L01', 'L08'], reason } })
    await act
    const { raised, ...entry } = await entryOf(ctx)
    expect(entry).toEqual({ overridden: ['L01', 'L02'], reason })
    expect(raised).toEqual(expect.arrayContaining(['L01', 'L02']))
  })

  test('it is made when it is not enabled, and then not enabled without an override', async () => {
    const { act } = await made([audience], required, false)
    const { id } = await act
    await expect(changing(admin, id, { enabled: true }, required)).rejects.toMatchObject({ reason: 'override_needed' })
    expect((await getTrust(admin, id)).enabled).toBe(false)
  })

  test('a change that lets an enabled trust accept more needs a reason, which the audit keeps', async () => {
    const { id } = await stored(tight)
    const wider = { rules: [audience, rule('sub', exact, other)] }
    await expect(changing(admin, id, wider, required)).rejects.toMatchObject({
      kind: 'rule',
      reason: 'reason_needed',
      message: expect.stringContaining('rules.sub: "'),
      fields: [{ path: ['reason'] }],
    })
    expect((await getTrust(admin, id)).version).toBe(1)
    const { ctx } = await service.person('admin')
    await changing(ctx, id, wider, { ...required, reason })
    expect(await entryOf(ctx)).toMatchObject({ reason, overridden: [] })
  })

  test('a widening is none the less for being made while the trust is disabled', async () => {
    const { id } = await stored(tight)
    await changing(admin, id, { enabled: false }, required)
    await changing(admin, id, { rules: [audience, rule('sub', exact, other)] }, required)
    await expect(changing(admin, id, { enabled: true }, required)).rejects.toMatchObject({ reason: 'reason_needed' })
    expect((await getTrust(admin, id)).enabled).toBe(false)
    const { ctx } = await service.person('admin')
    await changing(ctx, id, { enabled: true }, { ...required, reason })
    expect(await entryOf(ctx)).toMatchObject({ reason })
  })

  test('a trust that was disabled for a while is enabled as it was, and a new one for the first time, without a reason', async () => {
    const { id } = await stored(tight)
    await changing(admin, id, { enabled: false }, required)
    await changing(admin, id, { name: 'asleep' }, required)
    await changing(admin, id, { enabled: true }, required)
    const { id: fresh } = await stored(tight, false)
    await changing(admin, fresh, { enabled: true, rules: [audience, rule('sub', other)] }, required)
    expect(await getTrust(admin, fresh)).toMatchObject({ enabled: true })
  })

  test('a trust whose earlier versions are not kept counts as widened', async () => {
    const { id } = await stored(tight)
    await changing(admin, id, { enabled: false }, required)
    await service.db.trustVersion.deleteMany({ where: { trustId: id, version: 1 } })
    await expect(changing(admin, id, { enabled: true }, required)).rejects.toMatchObject({ reason: 'reason_needed' })
  })

  test('who may not change a trust is told that, and not what the change lacks', async () => {
    const { id: identityId } = await createIdentity(admin, { name: `chief ${randomUUID()}`, role: 'admin' })
    const keys = [{ kind: 'jwks-url' as const, url: `${issuer}/.well-known/jwks`, caCert: '' }]
    const draft = { kind: 'jwt' as const, identityId, name: 'deploy', issuer, keys, rules: [audience] }
    const member = (await service.person('member')).ctx
    await expect(createTrust(member, draft, { justification: required })).rejects.toMatchObject({ kind: 'forbidden' })
    const { id } = await createTrust(admin, { ...draft, rules: tight })
    const wide = { rules: [audience] }
    await expect(changing(member, id, wide, required)).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(changing(member, id, { keys: [] }, required)).rejects.toMatchObject({ kind: 'forbidden' })
  })

  test('an enabled trust that has such findings is narrowed, renamed and disabled without more', async () => {
    const { id } = await stored([audience])
    await changing(admin, id, { name: 'other' }, required)
    await changing(admin, id, { rules: [audience, rule('actor', 'alice')] }, required)
    await changing(admin, id, { enabled: false }, required)
    expect(await getTrust(admin, id)).toMatchObject({ name: 'other', enabled: false, version: 4 })
  })

  test('a change that another comes before is judged by what that one stored', async () => {
    const { id } = await stored([audience, rule('sub', exact, other)])
    const same = { rules: [audience, rule('sub', exact, other)] }
    const late = afterFirstRead(admin, () => changing(admin, id, { rules: tight }))
    await expect(changing(late, id, same, required)).rejects.toMatchObject({ reason: 'reason_needed' })
    expect((await getTrust(admin, id)).version).toBe(2)
  })
})

describe('where none is required', () => {
  test('nothing is refused, and the audit notes what the change raised', async () => {
    const { ctx, act } = await made([audience])
    const { id } = await act
    expect((await entryOf(ctx)).raised).toEqual(expect.arrayContaining(['L01', 'L02']))
    await changing(admin, id, { rules: tight })
    const { ctx: later } = await service.person('admin')
    await changing(later, id, { rules: [audience] })
    const { raised, overridden, reason } = await entryOf(later)
    expect(raised).toEqual(expect.arrayContaining(['L01', 'L02']))
    expect({ overridden, reason }).toEqual({ overridden: [], reason: null })
  })
})
