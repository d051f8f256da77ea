import { randomUUID } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, type JWK } from 'jose'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { bothDatabases, databaseNames } from '@/e2e/fixtures/both-databases'
import { connect, type Db } from '@/lib/db/client'
import { Grant } from '@/lib/trust/grant'
import { issueAccessToken } from '../access-token/issue-access-token'
import { readAccessToken } from '../access-token/read-access-token'
import { type Context, systemActing } from '../context'
import { keepSigningKeys } from './keep-signing-keys'
import { rotateSigningKey } from './rotate-signing-key'
import { forgetSigningKeys, freshSeconds, publicKeySet, signingKey } from './signing-key'

const databases = bothDatabases()
const minuteMs = 60_000
const dayMs = 86_400_000

describe.each(databaseNames)('on %s', (name) => {
  let db: Db
  /** The database as another process of the installation sees it. */
  let elsewhere: Db
  let at: Date
  const identity = { id: randomUUID(), name: 'ci' }
  const organizationId = randomUUID()
  const tokenAuthId = randomUUID()

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    db = databases.client(name)
    elsewhere = connect(databases.url(name))
    await db.signingKey.deleteMany()
    await db.auditEntry.deleteMany()
    await db.organization.deleteMany()
    forgetSigningKeys(db)
    const grant = JSON.stringify(Grant.parse({}))
    await db.organization.create({ data: { id: organizationId, name: 'Acme', slug: 'acme' } })
    await db.identity.create({ data: { ...identity, organizationId, role: 'member' } })
    await db.tokenAuth.create({ data: { id: tokenAuthId, identityId: identity.id, grant } })
    await signingKey(db)
    at = new Date()
  })
  afterEach(async () => {
    vi.useRealTimers()
    await elsewhere.$disconnect()
  })

  const acting = () => ({ ...systemActing('test', at), db })
  const context = (db: Db) => ({ ...systemActing('test', at), now: () => at, db }) as Context
  const rotate = (more: Partial<Parameters<typeof rotateSigningKey>[1]> = {}) =>
    rotateSigningKey(acting(), { publishedFirstSeconds: 0, endsTokens: false, ...more })
  const keep = (days?: number) => keepSigningKeys({ db, now: at, days })
  const pass = (ms: number) => {
    at = new Date(at.getTime() + ms)
  }
  async function issue(ttlSeconds = 3600, by = db): Promise<string> {
    const grant = Grant.parse({ ttlSeconds })
    const { issued, row } = await issueAccessToken(context(by), {
      ...{ organizationId, identity, method: 'token', grant, tokenAuthId },
    })
    await by.accessToken.create({ data: row })
    return issued.accessToken
  }
  const kidOf = (token: string) => decodeProtectedHeader(token).kid
  const accepts = (token: string, by = db) =>
    readAccessToken(context(by), token).then(
      (row) => row.id === decodeJwt(token).jti,
      (error) => error.reason,
    )
  const published = async (by = db) => (await publicKeySet(by, at)).keys.map(({ kid }: JWK) => kid)
  const actions = async () => (await db.auditEntry.findMany({ orderBy: { at: 'asc' } })).map(({ action }) => action)

  test('the new key signs at once, and tokens of the former are accepted and its key published', async () => {
    const before = await issue()
    const { kid } = await rotate()
    const after = await issue()
    expect(kidOf(after)).toBe(kid)
    expect(kidOf(before)).not.toBe(kid)
    expect([await accepts(before), await accepts(after)]).toEqual([true, true])
    expect(await published()).toEqual([kid, kidOf(before)])
  })

  test('another process accepts tokens of the new key at once, and signs with it within seconds', async () => {
    const before = await issue(3600, elsewhere)
    const { kid } = await rotate()
    const after = await issue()
    vi.advanceTimersByTime(1_001)
    expect(kidOf(await issue(3600, elsewhere))).toBe(kidOf(before))
    expect(await accepts(after, elsewhere)).toBe(true)
    await rotate()
    expect(kidOf(await issue(3600, elsewhere))).toBe(kid)
    vi.advanceTimersByTime(freshSeconds * 1000 + 1)
    expect(kidOf(await issue(3600, elsewhere))).toBe((await published())[0])
  })

  test('tokens that name unknown keys make the keys be read at most once a second', async () => {
    const token = await issue()
    const forged = `${btoa(JSON.stringify({ alg: 'ES256', typ: 'at+jwt', kid: 'x' })).replace(/=+$/, '')}.${token.split('.').slice(1).join('.')}`
    const reads = vi.spyOn(db.signingKey, 'findMany')
    vi.advanceTimersByTime(1_001)
    for (let n = 0; n < 10; n++) expect(await accepts(forged)).toBe('token_invalid')
    expect(reads.mock.calls.length).toBeLessThanOrEqual(1)
  })

  test('a token under the name of a key that did not sign it, or under none, is refused', async () => {
    const [token, { kid }] = [await issue(), await rotate()]
    const named = (name?: string) =>
      `${btoa(JSON.stringify({ alg: 'ES256', typ: 'at+jwt', kid: name })).replace(/=+$/, '')}.${token.split('.').slice(1).join('.')}`
    expect([await accepts(named(kid)), await accepts(named())]).toEqual(['token_invalid', 'token_invalid'])
  })

  test('a rotation that ends tokens does so here at once, and in other processes within seconds', async () => {
    const before = await issue()
    expect(await accepts(before, elsewhere)).toBe(true)
    await rotate({ endsTokens: true })
    expect(await accepts(before)).toBe('token_invalid')
    vi.advanceTimersByTime(freshSeconds * 1000 + 1)
    expect(await accepts(before, elsewhere)).toBe('token_invalid')
    expect(await accepts(await issue(), elsewhere)).toBe(true)
    expect(await published()).toHaveLength(1)
  })

  test('a former key is kept until the last token that it can have signed ends, and no longer', async () => {
    const short = await issue(3600)
    const old = kidOf(short)
    await rotate()
    // Signed with the former key by a process that has not taken the new one up.
    const late = await issue(7200, elsewhere)
    pass(4 * minuteMs)
    await keep()
    expect(await db.signingKey.findMany({ where: { retiredAt: { not: null } } })).toEqual([])
    pass(6 * minuteMs)
    const lasting = await issue(30 * 86_400)
    await keep()
    const [retired] = await db.signingKey.findMany({ where: { retiredAt: { not: null } } })
    expect(retired?.retiredAt).toEqual(new Date((decodeJwt(late).exp ?? 0) * 1000))
    pass(100 * minuteMs)
    await keep()
    expect(await accepts(late)).toBe(true)
    expect(await published()).toContain(old)
    pass(10 * minuteMs)
    // Exact in each process, whenever the row is removed.
    expect(await published()).not.toContain(old)
    await keep()
    expect(await db.signingKey.count()).toBe(1)
    expect(await accepts(lasting)).toBe(true)
    expect(await actions()).toEqual(['signing-key.rotated', 'signing-key.removed'])
  })

  test('a former key that signed nothing goes when every process has taken the new one up', async () => {
    await rotate()
    pass(6 * minuteMs)
    await keep()
    await keep()
    expect(await db.signingKey.count()).toBe(1)
  })

  test('by the schedule a key is published ten minutes before it signs, and made once', async () => {
    pass(6.9 * dayMs)
    await keep(7)
    expect(await db.signingKey.count()).toBe(1)
    const before = kidOf(await issue())
    pass(dayMs)
    await keep(7)
    await keep(7)
    const [first, second, ...more] = await published()
    expect([first, more]).toEqual([before, []])
    expect(kidOf(await issue())).toBe(before)
    pass(11 * minuteMs)
    expect(kidOf(await issue())).toBe(second)
    expect(await accepts(await issue(), elsewhere)).toBe(true)
    await keep(undefined)
    expect(await db.signingKey.count()).toBe(2)
  })

  test('a rotation by hand takes the place of a key that has not begun to sign', async () => {
    const { kid: planned } = await rotate({ publishedFirstSeconds: 600 })
    expect(await published()).toContain(planned)
    const { kid } = await rotate()
    expect(kidOf(await issue())).toBe(kid)
    pass(20 * minuteMs)
    expect(kidOf(await issue())).toBe(kid)
    await keep()
    pass(120 * minuteMs)
    await keep()
    expect(await published()).toEqual([kid])
  })

  test('two rotations at the same moment leave one key that signs', async () => {
    const made = await Promise.all([rotate(), rotate()])
    const kids = made.map(({ kid }) => kid)
    const signing = kidOf(await issue())
    expect(kids).toContain(signing)
    forgetSigningKeys(db)
    expect(kidOf(await issue())).toBe(signing)
  })

  test('the audit names both keys, and without its entry there is no new key', async () => {
    const before = kidOf(await issue())
    const { kid } = await rotate()
    const [entry] = await db.auditEntry.findMany()
    expect(entry).toMatchObject({ actorKind: 'system', actorName: 'test', targetId: kid, organizationId: null })
    expect(JSON.parse(entry?.before ?? '')).toEqual({ kid: before })
    expect(JSON.parse(entry?.after ?? '')).toMatchObject({ kid, endsTokens: false })
    const create = () => Promise.reject(new Error('the disk is full'))
    const failing = db.$extends({ query: { auditEntry: { create } } }) as unknown as Db
    const rotated = rotateSigningKey({ ...acting(), db: failing }, { publishedFirstSeconds: 0, endsTokens: true })
    await expect(rotated).rejects.toThrow('the disk is full')
    expect(await published()).toEqual([kid, before])
  })

  test('a server whose clock is behind takes no key away that another one has signed with', async () => {
    await rotate()
    const token = await issue()
    pass(-minuteMs)
    const { kid } = await rotate()
    pass(minuteMs)
    expect(kidOf(await issue())).toBe(kid)
    expect(await accepts(token)).toBe(true)
  })

  test('a clock that is set back signs on, with the first key', async () => {
    const { kid } = await rotate()
    pass(-dayMs)
    expect(kidOf(await issue())).not.toBe(kid)
  })

  test('a former key that is damaged takes no other with it', async () => {
    const before = await issue()
    await rotate()
    await db.signingKey.updateMany({ where: { id: 'access-token' }, data: { publicJwk: '{"kty":"EC","kid":' } })
    forgetSigningKeys(db)
    expect([await accepts(before), await accepts(await issue())]).toEqual(['token_invalid', true])
  })
})
