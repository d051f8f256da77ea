import { exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { useService } from '@/e2e/fixtures/service'
import type { KeySet } from '@/lib/trust/key-sources/key-source'
import { TrustDraft } from '@/lib/trust/trust'
import { createIdentity } from '../identity/create-identity'
import { createTrust } from '../trust/create-trust'
import { evaluateToken } from './evaluate-token'

const service = useService()
const issuer = 'https://issuer.example'
const url = 'https://issuer.example/jwks'

let pem: string
let sign: (claims?: Record<string, unknown>) => Promise<string>
beforeAll(async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  pem = await exportSPKI(publicKey)
  const at = Date.parse('2026-06-01T12:00:00Z') / 1000
  sign = (claims = {}) =>
    new SignJWT({ iss: issuer, sub: 'job', aud: 'keybound', iat: at, exp: at + 600, ...claims })
      .setProtectedHeader({ alg: 'ES256' })
      .sign(privateKey)
})

const draft = (keys: object[], more: object = {}) =>
  TrustDraft.parse({
    ...{ kind: 'jwt', name: 'trust', issuer, keys, options: {} },
    rules: [{ path: 'aud', matcher: { kind: 'equals-any', values: ['keybound'] } }],
    ...more,
  })

/** What is stored: rows of decisions, tokens and audit, in numbers. */
async function stored() {
  const { db } = service
  return Promise.all([db.decision.count(), db.accessToken.count(), db.auditEntry.count()])
}

const unavailable: KeySet = {
  status: 'unavailable',
  reason: 'unreachable',
  message: 'It does not answer.',
  fix: 'Wait.',
}

describe('a token is judged by a trust', () => {
  test('that is written out, of any instant, and nothing is kept', async () => {
    const { ctx } = await service.person('auditor')
    const policy = draft([{ kind: 'static-pem', pem }])
    const token = await sign()
    const before = await stored()
    const now = await evaluateToken(ctx, { policy }, { token, ip: '192.0.2.7' })
    expect(now).toMatchObject({ accepted: true, decisive: null, key: { source: 0 }, grant: { subject: 'job' } })
    expect(now.checks.find(({ id }) => id === 'ip')).toMatchObject({ received: '192.0.2.7' })
    const later = await evaluateToken(ctx, { policy }, { token, at: new Date('2026-06-02T00:00:00Z') })
    expect(later).toMatchObject({ accepted: false, decisive: 'exp', grant: null, at: '2026-06-02T00:00:00.000Z' })
    const other = await evaluateToken(ctx, { policy }, { token: await sign({ aud: 'other' }) })
    const aud = other.checks.find(({ id }) => id === 'aud')
    expect(aud).toMatchObject({ status: 'fail', expected: '"keybound"', received: '"other"' })
    expect(await stored()).toEqual(before)
    expect(JSON.stringify(now)).not.toContain(token.split('.')[2])
  })

  test('that is stored, by its id, with the keys of the server', async () => {
    const admin = await service.person('admin')
    const { id: identityId } = await createIdentity(admin.ctx, { name: 'agent' })
    const trust = await createTrust(admin.ctx, { ...draft([{ kind: 'jwks-url', url, caCert: '' }]), identityId })
    const auditor = (await service.person('auditor')).ctx
    const ctx = { ...auditor, keys: { ...auditor.keys, get: async () => unavailable } }
    const before = await stored()
    const { accepted, decisive, checks } = await evaluateToken(ctx, { trustId: trust.id }, { token: await sign() })
    expect({ accepted, decisive }).toEqual({ accepted: false, decisive: 'keys.source' })
    expect(checks.find(({ id }) => id === decisive)?.message).toContain('It does not answer.')
    expect(await stored()).toEqual(before)
  })
})

test('a source that no trust names is asked for those who may write, on record, and not for readers', async () => {
  const policy = draft([{ kind: 'jwks-url', url: 'https://elsewhere.example/jwks', caCert: '' }])
  const token = await sign()
  const evaluateAs = async (role: 'auditor' | 'member') => {
    const person = await service.person(role)
    const asked: string[] = []
    const get = async (source: { url: string }) => {
      asked.push(source.url)
      return unavailable
    }
    const ctx = { ...person.ctx, keys: { ...person.ctx.keys, get } }
    const { checks } = await evaluateToken(ctx, { policy }, { token })
    const actions = (await service.recorded(ctx)).map(({ action }) => action)
    return { asked, actions, says: checks.find(({ id }) => id === 'keys.source')?.message }
  }
  expect(await evaluateAs('auditor')).toMatchObject({
    asked: [],
    actions: [],
    says: expect.stringContaining('your role'),
  })
  const member = await evaluateAs('member')
  expect(new Set(member.asked)).toEqual(new Set(['https://elsewhere.example/jwks']))
  expect(member.actions).toEqual(['key-source.looked-up'])
})

test('who may not read trusts may not evaluate, and how often is limited', async () => {
  const policy = draft([{ kind: 'static-pem', pem }])
  const evaluate = (ctx: Parameters<typeof evaluateToken>[0]) => evaluateToken(ctx, { policy }, { token: 'x' })
  await expect(evaluate(service.context({ kind: 'anonymous' }))).rejects.toMatchObject({ kind: 'unauthenticated' })
  await expect(evaluate((await service.person('no-access')).ctx)).rejects.toMatchObject({ kind: 'forbidden' })
  const { ctx } = await service.person('auditor')
  for (let at = 0; at < 300; at++) await evaluate(ctx)
  await expect(evaluate(ctx)).rejects.toMatchObject({ kind: 'too-many' })
})
