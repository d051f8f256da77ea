import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { bothDatabases, withPartitions } from '@/e2e/fixtures/both-databases'
import { newRequestId } from '@/lib/ids'
import type { Db } from '../client'
import type { DecisionRow, LoginRows } from './login-rows'
import { loginStoreOf } from './stores'

const at = new Date('2026-06-01T12:00:00.123Z')
const databases = bothDatabases({ from: new Date('2026-05-18'), to: new Date('2026-06-15') })

/** An organization with an identity and a trust of it. */
async function installed(db: Db) {
  const organizationId = randomUUID()
  const slug = `acme-${organizationId}`
  await db.organization.create({ data: { id: organizationId, name: 'Acme', slug } })
  const identityId = randomUUID()
  await db.identity.create({ data: { id: identityId, organizationId, name: 'deployer', role: 'member' } })
  const trustId = randomUUID()
  const json = { keys: '[]', algorithms: '[]', rules: '[]', lifetime: '{}', grant: '{}' }
  const trust = { id: trustId, organizationId, identityId, kind: 'jwt', name: 'deploys', version: 3, ...json }
  await db.trust.create({ data: trust })
  return { organizationId, slug, identityId, trustId }
}
type Installed = Awaited<ReturnType<typeof installed>>

function decision(of: Installed, more: Partial<DecisionRow> = {}): DecisionRow {
  return {
    ...{
      id: newRequestId(),
      at,
      organizationId: of.organizationId,
      identityId: of.identityId,
      identityName: 'deployer',
    },
    ...{ trustId: of.trustId, trustVersion: 3, method: 'jwt', accepted: true, checkId: null, reason: null },
    ...{
      message: 'Accepted.',
      issuer: 'https://issuer.example',
      subject: 'it’s “me” 😀',
      trace: '{"v":2,"checks":[]}',
    },
    ...{ header: '{"alg":"RS256"}', claims: '{"n":12345678901234567890}', tokenSha256: 'ab', accessTokenId: null },
    ...{ ip: '192.0.2.1', userAgent: null, repeats: null, lastAt: null, ...more },
  }
}

function accepted(of: Installed, trustVersion = 3): LoginRows {
  const id = randomUUID()
  const ends = new Date(at.getTime() + 3_600_000)
  const { organizationId, identityId, trustId } = of
  const nothing = { tokenAuthId: null, name: null, issuedById: null, claims: null }
  const times = { createdAt: at, expiresAt: ends, maxExpiresAt: ends, usesMax: 5 }
  return {
    issued: { token: { id, organizationId, identityId, trustId, method: 'jwt', ...nothing, ...times }, trustVersion },
    decision: decision(of, { accessTokenId: id }),
    countInto: [],
  }
}

const refusal = (of: Installed, more: Partial<DecisionRow> = {}) =>
  decision(of, { accepted: false, reason: 'expired', checkId: 'exp', message: 'It has expired.', ...more })

describe.each(withPartitions)('on %s', (name) => {
  const db = () => databases.client(name)
  const store = () => loginStoreOf(db())

  test('what a login reads is what Prisma reads, in the organization that is meant', async () => {
    const of = await installed(db())
    const trust = await db().trust.findUniqueOrThrow({ where: { id: of.trustId } })
    const trustRow = { ...trust, freeze: null }
    const found = { organizationId: of.organizationId, name: 'deployer', canaryPlace: null, trust: trustRow }
    expect(await store().identity(of.identityId, 'jwt')).toEqual(found)
    expect(await store().identity(of.identityId, 'jwt', of.slug)).toEqual(found)
    expect(await store().identity(of.identityId, 'jwt', 'another')).toBeNull()
    expect(await store().identity(of.identityId, 'oidc')).toEqual({ ...found, trust: null })
    expect(await store().identity(randomUUID(), 'jwt')).toBeNull()
    expect(await store().identity(`${of.identityId}\0`, 'jwt')).toBeNull()
    await db().trust.update({ where: { id: of.trustId }, data: { enabled: false } })
    expect(await store().identity(of.identityId, 'jwt')).toEqual({ ...found, trust: null })
  })

  test('reads that are asked for at once are each answered with what is theirs', async () => {
    const [one, other] = [await installed(db()), await installed(db())]
    const token = accepted(one)
    await store().keep(token)
    const tokenId = token.issued?.token.id ?? ''
    const half = String.fromCharCode(0xd83d)
    const asked = [
      store().identity(one.identityId, 'jwt'),
      store().identity(other.identityId, 'jwt'),
      store().identity(one.identityId, 'jwt'),
      store().identity(one.identityId, 'oidc'),
      store().identity(one.identityId, 'jwt', other.slug),
      store().identity(one.identityId, 'jwt', one.slug),
      store().identity(half, half, half),
    ]
    const tokens = [store().accessToken(half), store().accessToken(tokenId), store().accessToken(randomUUID())]
    const found = (await Promise.all(asked)).map((of) => of && (of.trust?.id ?? 'no trust'))
    expect(found).toEqual([one.trustId, other.trustId, one.trustId, 'no trust', null, one.trustId, null])
    expect((await Promise.all(tokens)).map((row) => row?.id ?? null)).toEqual([null, tokenId, null])
  })

  test('the first use of a token in an organization is the earliest that was accepted', async () => {
    const [of, elsewhere] = [await installed(db()), await installed(db())]
    const [token, another] = [randomUUID(), randomUUID()]
    const use = async (more: Partial<DecisionRow>, by = of) => {
      const row = decision(by, { tokenSha256: token, ...more })
      await db().decision.create({ data: row })
      return row.id
    }
    const later = (ms: number) => new Date(at.getTime() + ms)
    await use({ at: later(3) })
    const first = await use({ at: later(2), ip: '198.51.100.7' })
    await use({ at: later(1), accepted: false })
    await use({ at: later(0), method: 'test' })
    await use({ at: later(0) }, elsewhere)
    const found = await store().firstUses(of.organizationId, [token, another])
    expect(found).toEqual([{ tokenSha256: token, id: first, ip: '198.51.100.7' }])
  })

  test('an identity that is a canary is read as one, and gets no token, also by a login that read it before it was marked', async () => {
    const of = await installed(db())
    await db().identity.update({ where: { id: of.identityId }, data: { isCanary: true, canaryPlace: 'wiki' } })
    expect(await store().identity(of.identityId, 'jwt')).toMatchObject({
      canaryPlace: 'wiki',
      trust: { id: of.trustId },
    })
    expect(await store().keep(accepted(of))).toEqual({ state: 'changed' })
    expect(await db().accessToken.count({ where: { trustId: of.trustId } })).toBe(0)
  })

  test('a frozen trust issues no token, also to a login that read it before; one whose freeze was lifted does', async () => {
    const of = await installed(db())
    const names = { nameHash: 'a', claim: 'repository', idClaim: 'repository_id', name: 'a/b', before: '1', after: '2' }
    const freeze = { trustId: of.trustId, organizationId: of.organizationId, at, ...names }
    await db().trustFreeze.create({ data: freeze })
    const read = async () => (await store().identity(of.identityId, 'jwt'))?.trust?.freeze
    expect(await read()).toEqual({ at, liftedAt: null })
    expect(await store().keep(accepted(of))).toEqual({ state: 'changed' })
    const liftedAt = new Date(at.getTime() + 1_000)
    await db().trustFreeze.update({ where: { trustId: of.trustId }, data: { liftedAt } })
    expect(await read()).toEqual({ at, liftedAt })
    expect(await store().keep(accepted(of))).toMatchObject({ state: 'kept' })
  })

  test('enabled trusts are found by their issuer, in an organization or project where one is named', async () => {
    const [one, other] = [await installed(db()), await installed(db())]
    const iss = `https://${randomUUID()}.example`
    const project = await db().project.create({
      data: { id: randomUUID(), organizationId: one.organizationId, label: 'payments' },
    })
    await db().trust.update({ where: { id: one.trustId }, data: { soleIssuer: iss, projectId: project.id } })
    await db().trust.update({ where: { id: other.trustId }, data: { soleIssuer: iss } })
    const ids = async (place: Parameters<ReturnType<typeof store>['issuers']>[1]) =>
      (await store().issuers(iss, place)).map(({ id }) => id).sort()
    expect(await ids({})).toEqual([one.trustId, other.trustId].sort())
    expect(await ids({ organizationSlug: other.slug })).toEqual([other.trustId])
    expect(await ids({ project: 'payments' })).toEqual([one.trustId])
    expect(await ids({ organizationSlug: other.slug, project: 'payments' })).toEqual([])
    // Those that are asked for at once are read together, and each is answered what it asked for.
    const together = [
      ids({ organizationSlug: one.slug }),
      store().issuers('https://unknown.example', {}),
      ids({}),
      ids({}),
    ]
    expect(await Promise.all(together)).toEqual([
      [one.trustId],
      [],
      ...Array(2).fill([one.trustId, other.trustId].sort()),
    ])
    await db().trust.update({ where: { id: other.trustId }, data: { enabled: false } })
    expect(await ids({})).toEqual([one.trustId])
    expect(await store().issuers(`${iss}\0`, {})).toEqual([])
  })

  test('an accepted login writes its decision, its token, the last login and its count', async () => {
    const of = await installed(db())
    const rows = accepted(of)
    expect(await store().keep(rows)).toEqual({ state: 'kept', countedInto: null })
    expect(await db().decision.findUnique({ where: { id: rows.decision.id } })).toEqual(rows.decision)
    const stored = { renewedAt: null, uses: 0, lastUsedAt: null, revokedAt: null }
    expect(await db().accessToken.findMany({ where: { trustId: of.trustId } })).toEqual([
      { ...rows.issued?.token, ...stored },
    ])
    const identity = await db().identity.findUnique({ where: { id: of.identityId } })
    expect(identity).toMatchObject({ lastLoginMethod: 'jwt', lastLoginAt: at })
    const note = { day: '2026-06-01', method: 'jwt', accepted: true, reason: '', count: 1 }
    expect(await db().uncountedDecision.findMany({ where: { organizationId: of.organizationId } })).toMatchObject([
      note,
    ])
  })

  test('an access token is found with its holder and method, as Prisma includes them', async () => {
    const of = await installed(db())
    const { issued } = accepted(of)
    const grant = { id: randomUUID(), identityId: of.identityId, grant: '{"ttlSeconds":60}' }
    await db().tokenAuth.create({ data: grant })
    const claims = '{"metadata":{"n":12345678901234567890}}'
    const rows = [
      { ...issued?.token, id: randomUUID(), claims, uses: 3, lastUsedAt: at, revokedAt: at, renewedAt: at },
      { ...issued?.token, id: randomUUID(), trustId: null, tokenAuthId: grant.id, name: 'by hand' },
      { ...issued?.token, id: randomUUID(), identityId: null },
    ]
    await db().accessToken.createMany({ data: rows as never })
    const include = {
      identity: { select: { id: true, name: true, role: true, organizationId: true } },
      trust: { select: { id: true, name: true, enabled: true, grant: true } },
      tokenAuth: { select: { id: true, grant: true } },
    }
    for (const { id } of rows) {
      const expected = await db().accessToken.findUniqueOrThrow({ where: { id }, include })
      expect(await store().accessToken(id)).toEqual(expected)
    }
    expect(await store().accessToken(randomUUID())).toBeNull()
    expect(await store().accessToken('a\0b')).toBeNull()
  })

  test('a login by a trust that was changed or removed, or of an identity that was removed, writes nothing', async () => {
    const [changed, untrusted, gone] = [await installed(db()), await installed(db()), await installed(db())]
    await db().trust.delete({ where: { id: untrusted.trustId } })
    await db().identity.delete({ where: { id: gone.identityId } })
    const all = [accepted(changed, 2), accepted(untrusted), accepted(gone)]
    expect(await Promise.all(all.map((rows) => store().keep(rows)))).toEqual(all.map(() => ({ state: 'changed' })))
    const where = { organizationId: { in: [changed, untrusted, gone].map(({ organizationId }) => organizationId) } }
    expect(await db().decision.count({ where })).toBe(0)
    expect(await db().accessToken.count({ where })).toBe(0)
    expect(await db().uncountedDecision.count({ where })).toBe(0)
    expect(await db().identity.findUnique({ where: { id: changed.identityId } })).toMatchObject({ lastLoginAt: null })
  })

  test('of logins that come at once, one whose row cannot be written takes no other with it', async () => {
    const of = await installed(db())
    const rows = Array.from({ length: 40 }, () => accepted(of))
    const twice = { ...accepted(of), decision: decision(of, { id: rows[0]?.decision.id ?? '' }) }
    const unstorable = { issued: null, decision: refusal(of, { message: 'a\0b' }), countInto: [] }
    const group = [...rows.slice(0, 20), twice, unstorable, ...rows.slice(20)]
    const results = await Promise.allSettled(group.map((one) => store().keep(one)))
    expect(results.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))).toEqual([20, 21])
    const where = { organizationId: of.organizationId }
    expect(await db().decision.count({ where })).toBe(40)
    expect(await db().accessToken.count({ where })).toBe(40)
    const counted = await db().uncountedDecision.aggregate({ where, _sum: { count: true } })
    expect(counted._sum.count).toBe(40)
  })

  test('a refusal is counted into the first of the rows that is there, and has one of its own if none is', async () => {
    const of = await installed(db())
    const first = refusal(of, { repeats: 0, lastAt: at })
    await store().keep({ issued: null, decision: first, countInto: ['req-gone'] })
    const later = new Date(at.getTime() + 60_000)
    const again = () => ({ issued: null, decision: refusal(of, { at: later }), countInto: ['req-gone', first.id] })
    const kept = await Promise.all(Array.from({ length: 7 }, () => store().keep(again())))
    expect(new Set(kept.map((one) => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify({ state: 'kept', countedInto: first.id })]),
    )
    const where = { organizationId: of.organizationId }
    expect(await db().decision.findMany({ where })).toEqual([{ ...first, repeats: 7, lastAt: later }])
    await Promise.all([store().keep({ ...again(), times: 5 }), store().keep(again())])
    expect(await db().decision.findMany({ where })).toEqual([{ ...first, repeats: 13, lastAt: later }])
    const counted = await db().uncountedDecision.aggregate({ where, _sum: { count: true } })
    expect(counted._sum.count).toBe(14)
  })

  test('a text that ends inside a character is stored all the same', async () => {
    const of = await installed(db())
    const row = refusal(of, { message: 'cut \ud83d' })
    expect(await store().keep({ issued: null, decision: row, countInto: [] })).toMatchObject({ state: 'kept' })
    expect((await db().decision.findUnique({ where: { id: row.id } }))?.message).toBe('cut \ufffd')
  })

  test('a trust that changes while logins by it are written accepts none after its change is committed', async () => {
    const of = await installed(db())
    const logins = Array.from({ length: 60 }, () => store().keep(accepted(of)))
    const change = db().trust.update({ where: { id: of.trustId }, data: { version: 4 } })
    const after = change.then(() => Promise.all(Array.from({ length: 20 }, () => store().keep(accepted(of)))))
    const states = (await Promise.all(logins)).map(({ state }) => state)
    expect((await after).map(({ state }) => state)).toEqual(Array(20).fill('changed'))
    expect(await db().accessToken.count({ where: { trustId: of.trustId } })).toBe(
      states.filter((state) => state === 'kept').length,
    )
  })
})
