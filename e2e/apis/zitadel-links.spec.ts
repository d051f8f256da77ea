import { beforeAll, describe, expect, test } from 'vitest'
import { details, expectError, ok } from './zitadel-calls'
import { useFlow } from './zitadel-flow'
import { peopleCalls, subject } from './zitadel-people'

const flow = useFlow()
const { provider, token, signIn } = flow

/** A provider that creates no people. */
let idpId = ''
beforeAll(async () => {
  idpId = await provider({ providerOptions: {} })
})

const { person, anotherOrganization, join, copiedTo, ...people } = peopleCalls(flow)
const link = (userId: string, fields: Record<string, unknown> = {}, client = flow.here.admin) =>
  people.link(userId, { idpId, ...fields }, client)

test('a linked subject signs in as that person, with their role, where the provider adds no people', async () => {
  const userId = await person()
  const sub = subject()
  expect((await signIn(token({ sub }), idpId)).last.search).toContain('reason=user_unknown')
  const answer = await ok(link(userId, { userId: sub }))
  expect(answer).toEqual({ details: { ...details, resourceOwner: flow.here.organizationId } })
  const { session } = await signIn(token({ sub }), idpId)
  expect(session).toMatchObject({ role: 'auditor', user: { id: userId, name: 'Gigi' } })
  expect((await signIn(token({ sub: `${sub} ` }), idpId)).session).toBeNull()
})

test('the link counts for its own provider only', async () => {
  const sub = subject()
  await ok(link(await person(), { userId: sub }))
  expect((await signIn(token({ sub }), await provider({ providerOptions: {} }))).session).toBeNull()
})

test('one person may have several subjects', async () => {
  const userId = await person()
  const subjects = [subject(), subject()]
  for (const sub of subjects) await ok(link(userId, { userId: sub }))
  for (const sub of subjects) expect((await signIn(token({ sub }), idpId)).session.user.id).toBe(userId)
})

describe('a linked subject is 409, code 6', () => {
  test('another’s, or the same person’s', async () => {
    const sub = subject()
    const userId = await person()
    await ok(link(userId, { userId: sub }))
    for (const who of [userId, await person()]) {
      expectError(await link(who, { userId: sub }), { status: 409, code: 6 })
    }
    expect((await signIn(token({ sub }), idpId)).session.user.id).toBe(userId)
  })

  test('of two at the same moment, one is linked', async () => {
    const sub = subject()
    const people = [await person(), await person()]
    const answers = await Promise.all(people.map((userId) => link(userId, { userId: sub })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })
})

describe('links that are refused', () => {
  test.each([
    ['a person that does not exist', async () => crypto.randomUUID(), {}],
    ['a person by no id at all', async () => 'me', {}],
    ['an identity, which is no person', async () => (await flow.here.actor('member')).id, {}],
    ['a provider that does not exist', person, { idpId: crypto.randomUUID() }],
    ['a provider by no id at all', person, { idpId: 'x' }],
  ])('%s: 404, code 5', async (_, userId, fields) => {
    expectError(await link(await userId(), fields), { status: 404, code: 5 })
  })

  test('a trust that is no provider: 404', async () => {
    const iss = `https://issuer.example/${crypto.randomUUID()}`
    const sent = { iss, project: { id: 'p' }, JWKsURL: flow.keys.jwksUrl }
    expect((await flow.here.admin.post('/auth/v1/issuers', sent)).status).toBe(201)
    const { id } = await flow.here.db.trust.findFirstOrThrow({ where: { soleIssuer: iss } })
    expectError(await link(await person(), { idpId: id }), { status: 404, code: 5 })
  })

  test('a person of another organization: 404, until they are a member here too', async () => {
    const userId = await person()
    await join(userId, await anotherOrganization())
    const { id } = await flow.here.db.membership.findFirstOrThrow({
      where: { userId, organizationId: flow.here.organizationId },
    })
    await flow.here.db.membership.delete({ where: { id } })
    expectError(await link(userId), { status: 404, code: 5 })
    await join(userId, flow.here.organizationId)
    await ok(link(userId))
  })

  test('a provider of another organization: 404, also for a person who is a member of both', async () => {
    const elsewhere = await anotherOrganization()
    const theirs = await copiedTo(elsewhere, idpId)
    const userId = await person()
    expectError(await link(userId, { idpId: theirs }), { status: 404, code: 5 })
    await join(userId, elsewhere)
    expectError(await link(userId, { idpId: theirs }), { status: 404, code: 5 })
    expect(await flow.here.db.userLink.count({ where: { trustId: theirs } })).toBe(0)
  })

  test.each([
    ['idpId', { idpId: '' }],
    ['userId', { userId: '' }],
    ['userId', { userId: undefined }],
    ['userId', { userId: 'x'.repeat(201) }],
    ['userName', { userName: 'x'.repeat(201) }],
    ['userName', { userName: 5 }],
    ['userId', { userId: 'zero\u0000' }],
  ])('a wrong %s: 400, code 3', async (_, fields) => {
    expectError(await link(await person(), fields), { status: 400, code: 3 })
  })

  test('nothing at all: 400', async () => {
    expectError(await flow.here.admin.post(`/v2/users/${await person()}/links`, {}), { status: 400, code: 3 })
  })
})

test('only an admin links: without credentials 401, any lower role 403, before the body is read', async () => {
  const userId = await person()
  expectError(await flow.here.anonymous.post(`/v2/users/${userId}/links`, {}), { status: 401, code: 16 })
  for (const role of ['no-access', 'auditor', 'member']) {
    const { client } = await flow.here.actor(role)
    expectError(await client.post(`/v2/users/${userId}/links`, {}), { status: 403, code: 7 })
    expectError(await link(userId, {}, client), { status: 403, code: 7 })
  }
  expect(await flow.here.db.userLink.count({ where: { userId } })).toBe(0)
})

test('it is in the audit, and in the intents of other applications', async () => {
  const userId = await person()
  const sub = subject()
  const { details: made } = await ok(link(userId, { userId: sub }))
  const entry = await flow.here.db.auditEntry.findFirstOrThrow({ where: { action: 'member.linked', targetId: userId } })
  expect(entry.after).toContain(sub)
  expect(BigInt(made.sequence)).toBeGreaterThan(0n)

  const urls = { successUrl: 'http://127.0.0.1:4000/in', failureUrl: 'http://127.0.0.1:4000/out' }
  const { authUrl } = await ok(flow.here.admin.post('/v2/idp_intents', { idpId, urls }))
  const answer = await flow.callback(new URL(authUrl).searchParams, token({ sub }))
  expect(new URL(answer.headers.get('location')!).searchParams.get('user')).toBe(userId)
})

const changed = async (id: string, client = flow.here.admin) => {
  const { idp } = await ok(flow.here.admin.get(`/admin/v1/idps/templates/${id}`))
  return client.put(`/admin/v1/idps/${id}/jwt_config`, { ...idp.config.jwt, issuer: `https://evil.example/${id}` })
}

test('a provider cannot be changed below the role of a person who signs in through it', async () => {
  const { client: member } = await flow.here.actor('member')
  const sub = subject()
  const own = await provider({ providerOptions: {} })
  await ok(link(await person('auditor'), { idpId: own }))
  await ok(link(await person('admin'), { idpId: own, userId: sub }))
  expect((await signIn(token({ sub }), own)).session).toMatchObject({ role: 'admin' })
  expectError(await changed(own, member), { status: 403, code: 7 })
  expectError(await member.delete(`/admin/v1/idps/${own}`), { status: 403, code: 7 })
  // Nothing was changed: the admin still signs in.
  expect((await signIn(token({ sub }), own)).session).toMatchObject({ role: 'admin' })

  const theirs = await provider({ providerOptions: {} })
  await ok(link(await person('auditor'), { idpId: theirs }))
  await ok(changed(theirs, member))
})

test('the audit says which version of the provider was linked to, and linking makes no new one', async () => {
  const own = await provider({ providerOptions: {} })
  await ok(changed(own))
  const before = await flow.here.db.trust.findUniqueOrThrow({ where: { id: own } })
  const userId = await person()
  await ok(link(userId, { idpId: own }))
  expect(await linkedVersion(userId)).toBe(2)
  expect(await flow.here.db.trust.findUniqueOrThrow({ where: { id: own } })).toEqual(before)
})

test('changes and links at the same moment take turns: none gets past the rank of whom it then concerns', async () => {
  const { client: member } = await flow.here.actor('member')
  const userId = await person('admin')
  const providers = await Promise.all(Array.from({ length: 16 }, () => provider({ providerOptions: {} })))
  const { idp } = await ok(flow.here.admin.get(`/admin/v1/idps/templates/${providers[0]}`))
  const evil = { ...idp.config.jwt, issuer: 'https://evil.example' }
  // All at once, so that each waits for the organization's counter between reading and writing.
  const rounds = await Promise.all(
    providers.map(async (own) => {
      const change = member.put(`/admin/v1/idps/${own}/jwt_config`, evil)
      const made = link(userId, { idpId: own })
      return { own, change: await change, made: await made }
    }),
  )
  for (const { own, change, made } of rounds) {
    // The member's change came first and the provider is theirs, or the admin was linked first and the provider is not theirs.
    expect(
      [
        [200, 400],
        [403, 200],
      ],
      `${change.text} ${made.text}`,
    ).toContainEqual([change.status, made.status])
    expect(await linkedVersion(userId, own)).toBe(made.status === 200 ? 1 : undefined)
  }
})

test('no person is linked to a provider that an actor below their role changed last', async () => {
  const { client: member } = await flow.here.actor('member')
  const own = await provider({ providerOptions: {} })
  await ok(changed(own, member))
  const admin = await person('admin')
  const refused = await link(admin, { idpId: own })
  expectError(refused, { status: 400, code: 9 })
  expect(refused.headers.get('x-keybound-reason')).toBe('take_over_needed')
  await ok(link(await person('member'), { idpId: own }))
  await ok(flow.here.admin.put(`/admin/v1/idps/${own}/jwt_config`, { ...(await jwtOf(own)), headerName: 'x-other' }))
  await ok(link(admin, { idpId: own }))
})

/** What an update of the wire has to send to change nothing. */
async function jwtOf(id: string) {
  const { idp } = await ok(flow.here.admin.get(`/admin/v1/idps/templates/${id}`))
  const { jwtEndpoint, issuer, keysEndpoint, headerName } = idp.config.jwt
  return { jwtEndpoint, issuer, keysEndpoint, headerName }
}

async function linkedVersion(userId: string, idpId?: string): Promise<number | undefined> {
  const entries = await flow.here.db.auditEntry.findMany({ where: { action: 'member.linked', targetId: userId } })
  const linked = entries.map(({ after }) => JSON.parse(after ?? '{}'))
  return linked.find((entry) => idpId === undefined || entry.trustId === idpId)?.version
}
