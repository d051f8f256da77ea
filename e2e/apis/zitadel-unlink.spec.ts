import { beforeAll, describe, expect, test } from 'vitest'
import { date, details, expectError, ok } from './zitadel-calls'
import { useFlow } from './zitadel-flow'
import { peopleCalls, subject } from './zitadel-people'

const flow = useFlow()
const { provider, token, signIn, arrive, callback, sessionOf } = flow
const { person, link, anotherOrganization, join, copiedTo } = peopleCalls(flow)

/** A provider that creates no people. */
let idpId = ''
beforeAll(async () => {
  idpId = await provider({ providerOptions: {} })
})

const list = (userId: string, query = {}, client = flow.here.admin) =>
  client.post(`/v2/users/${userId}/links/_search`, { query })
const subjects = async (userId: string, query = {}): Promise<string[]> =>
  ((await ok(list(userId, query))).result ?? []).map((one: { userId: string }) => one.userId)
const path = (userId: string, sub: string, idp = idpId) => `/v2/users/${userId}/links/${idp}/${encodeURIComponent(sub)}`

/** A person with so many subjects of the provider. */
async function linked(count = 1, role = 'auditor') {
  const userId = await person(role)
  const subs = Array.from({ length: count }, subject)
  for (const sub of subs) await ok(link(userId, { idpId, userId: sub }))
  return { userId, subs, sub: subs[0]! }
}

describe('the links of a person', () => {
  test('are of every provider, newest first, and of this person only', async () => {
    const { userId, sub } = await linked()
    await linked()
    const other = await provider()
    const second = subject()
    await ok(link(userId, { idpId: other, userId: second }))
    const answer = await ok(list(userId))
    expect(answer).toEqual({
      details: { totalResult: '2', processedSequence: details.sequence, timestamp: date },
      result: [
        { idpId: other, userId: second, userName: second },
        { idpId, userId: sub, userName: sub },
      ],
    })
  })

  test('are there, too, where a provider added the person', async () => {
    const sub = subject()
    const { session } = await signIn(token({ sub }))
    expect(await subjects(session.user.id)).toEqual([sub])
  })

  test('of a person without any: no result, no total', async () => {
    const answer = await ok(list(await person()))
    expect(answer).toEqual({ details: { processedSequence: details.sequence, timestamp: date } })
  })

  test('come in pages that count all', async () => {
    const { userId, subs } = await linked(3)
    expect(await subjects(userId, { asc: true })).toEqual(subs)
    expect(await subjects(userId, { asc: true, offset: '1', limit: 1 })).toEqual([subs[1]])
    expect(await subjects(userId, { limit: 2 })).toEqual([subs[2], subs[1]])
    expect((await ok(list(userId, { limit: 1 }))).details.totalResult).toBe('3')
    const endless = '18446744073709551615'
    expect(await subjects(userId, { limit: endless })).toHaveLength(3)
    expect(await subjects(userId, { offset: endless, limit: endless })).toEqual([])
  })

  test.each([{ limit: -1 }, { offset: 1.5 }, { asc: 'yes' }])('%j is 400, code 3', async (query) => {
    expectError(await list(await person(), query), { status: 400, code: 3 })
  })

  test('to providers of another organization are not told', async () => {
    const { userId, subs } = await linked()
    const elsewhere = await anotherOrganization()
    await join(userId, elsewhere)
    const trustId = await copiedTo(elsewhere, idpId)
    const data = { id: crypto.randomUUID(), trustId, subject: subject(), userId, createdAt: new Date() }
    await flow.here.db.userLink.create({ data })
    expect(await subjects(userId)).toEqual(subs)
    expect((await ok(list(userId))).details.totalResult).toBe('1')
  })

  test('need read access to members: without credentials 401, no-access 403, auditor 200', async () => {
    const { userId, subs } = await linked()
    expectError(await list(userId, {}, flow.here.anonymous), { status: 401, code: 16 })
    const { client: none } = await flow.here.actor('no-access')
    expectError(await list(userId, {}, none), { status: 403, code: 7 })
    const { client: auditor } = await flow.here.actor('auditor')
    expect((await ok(list(userId, {}, auditor))).result).toHaveLength(subs.length)
  })
})

describe('a link that is removed', () => {
  test('ends sign-ins by it, and the subject can be linked to another person', async () => {
    const { userId, sub } = await linked()
    expect((await signIn(token({ sub }), idpId)).session.user.id).toBe(userId)
    const answer = await ok(flow.here.admin.delete(path(userId, sub)))
    expect(answer).toEqual({ details: { ...details, resourceOwner: flow.here.organizationId } })
    expect(await subjects(userId)).toEqual([])
    const { session, last } = await signIn(token({ sub }), idpId)
    expect([session, last.search]).toEqual([null, expect.stringContaining('reason=user_unknown')])

    const other = await person()
    await ok(link(other, { idpId, userId: sub }))
    expect((await signIn(token({ sub }), idpId)).session.user.id).toBe(other)
  })

  test('leaves other links alone: the person’s, and those of the same subject elsewhere', async () => {
    const { userId, subs } = await linked(2)
    const other = await provider({ providerOptions: {} })
    await ok(link(userId, { idpId: other, userId: subs[0] }))
    await ok(flow.here.admin.delete(path(userId, subs[0]!)))
    expect((await signIn(token({ sub: subs[1] }), idpId)).session.user.id).toBe(userId)
    expect((await signIn(token({ sub: subs[0] }), other)).session.user.id).toBe(userId)
  })

  test.each(['auth0|a/b?c=d&e#f', 'ä %2F\\', 'a;b:c@d', '+'])('%s travels percent-encoded', async (text) => {
    const { userId } = await linked(0)
    const sub = `${text} ${crypto.randomUUID()}`
    await ok(link(userId, { idpId, userId: sub }))
    await ok(flow.here.admin.delete(path(userId, sub)))
    expect(await subjects(userId)).toEqual([])
  })

  test('is in the audit, with what was linked to which version', async () => {
    const { userId, sub } = await linked()
    await ok(flow.here.admin.delete(path(userId, sub)))
    const where = { action: 'member.unlinked', targetId: userId }
    const { before, targetName } = await flow.here.db.auditEntry.findFirstOrThrow({ where })
    expect(targetName).toBe('Gigi')
    expect(JSON.parse(before ?? '')).toMatchObject({ trustId: idpId, version: 1, subject: sub })
  })

  test('no longer keeps members from changing the provider', async () => {
    const own = await provider({ providerOptions: {} })
    const userId = await person('admin')
    const sub = subject()
    await ok(link(userId, { idpId: own, userId: sub }))
    const { client: member } = await flow.here.actor('member')
    expectError(await member.post(`/admin/v1/idps/${own}/_deactivate`), { status: 403, code: 7 })
    await ok(flow.here.admin.delete(path(userId, sub, own)))
    await ok(member.post(`/admin/v1/idps/${own}/_deactivate`))
  })

  test('ends an unfinished sign-in', async () => {
    const { userId, sub } = await linked()
    const { browser, given } = await arrive(idpId)
    const location = (await callback(given, token({ sub }))).headers.get('location')!
    await ok(flow.here.admin.delete(path(userId, sub)))
    await browser.open(location)
    expect(await sessionOf(browser)).toBeNull()
  })

  test.each([
    ['the link', (userId: string, sub: string, own: string) => path(userId, sub, own)],
    ['the provider', (_: string, __: string, own: string) => `/admin/v1/idps/${own}`],
  ])('ends no session, whether %s is removed', async (_, gone) => {
    const own = await provider({ providerOptions: {} })
    const userId = await person()
    const sub = subject()
    await ok(link(userId, { idpId: own, userId: sub }))
    const { browser } = await signIn(token({ sub }), own)
    await ok(flow.here.admin.delete(gone(userId, sub, own)))
    expect(await sessionOf(browser)).toMatchObject({ user: { id: userId } })
  })
})

describe('removing a link that does not exist is 404, code 5, and changes nothing', () => {
  const refused = async (address: string) => {
    const before = await flow.here.db.userLink.count()
    expectError(await flow.here.admin.delete(address), { status: 404, code: 5 })
    expect(await flow.here.db.userLink.count()).toBe(before)
  }

  test('a link that does not exist, or no longer exists', async () => {
    const { userId, sub } = await linked()
    await refused(path(userId, subject()))
    await refused(path(userId, `${sub} `))
    await refused(path(userId, 'x'.repeat(1001)))
    await refused(path(userId, 'zero\u0000'))
    await ok(flow.here.admin.delete(path(userId, sub)))
    await refused(path(userId, sub))
  })

  test('of two at the same moment, one removes it', async () => {
    const { userId, sub } = await linked()
    const answers = await Promise.all([0, 1].map(() => flow.here.admin.delete(path(userId, sub))))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404])
  })

  test('another’s subject, or of another provider', async () => {
    const { sub, userId } = await linked()
    await refused(path(await person(), sub))
    await refused(path(userId, sub, await provider()))
    await refused(path(userId, sub, crypto.randomUUID()))
    await refused(path(userId, sub, 'x'))
  })

  test.each([
    ['a person that does not exist', async () => crypto.randomUUID()],
    ['a person by no id at all', async () => 'me'],
    ['an identity, which is no person', async () => (await flow.here.actor('member')).id],
  ])('%s; nor are their links listed', async (_, userId) => {
    const id = await userId()
    await refused(path(id, subject()))
    expectError(await list(id), { status: 404, code: 5 })
  })

  test('a person, or a provider, of another organization', async () => {
    const { userId, sub } = await linked()
    const elsewhere = await anotherOrganization()
    await join(userId, elsewhere)
    const theirs = await copiedTo(elsewhere, idpId)
    const data = { id: crypto.randomUUID(), trustId: theirs, subject: sub, userId, createdAt: new Date() }
    await flow.here.db.userLink.create({ data })
    await refused(path(userId, sub, theirs))
    await flow.here.db.membership.deleteMany({ where: { userId, organizationId: flow.here.organizationId } })
    await refused(path(userId, sub))
    expectError(await list(userId), { status: 404, code: 5 })
  })
})

test('only an admin removes: without credentials 401, any lower role 403, whether or not the link exists', async () => {
  const { userId, sub } = await linked()
  expectError(await flow.here.anonymous.delete(path(userId, sub)), { status: 401, code: 16 })
  for (const role of ['no-access', 'auditor', 'member']) {
    const { client } = await flow.here.actor(role)
    expectError(await client.delete(path(userId, sub)), { status: 403, code: 7 })
    expectError(await client.delete(path(crypto.randomUUID(), sub)), { status: 403, code: 7 })
  }
  expect(await subjects(userId)).toEqual([sub])
})
