import { describe, expect, test } from 'vitest'
import { type Answer, bearer } from './client'
import { attached, issueToken } from './installation'
import { useFlow } from './zitadel-flow'

const flow = useFlow()
const { provider, token, callback, signIn } = flow

/** Entries that a request left on record. */
const recorded = async (answer: Answer) => {
  const requestId = answer.headers.get('x-request-id')
  const rows = await flow.here.db.auditEntry.findMany({ where: { requestId }, orderBy: { at: 'asc' } })
  return rows.map(({ action, actorId, targetId, after }) => ({
    ...{ action, actorId, targetId },
    after: after && JSON.parse(after),
  }))
}

const urls = { successUrl: `http://127.0.0.1:4000/in`, failureUrl: `http://127.0.0.1:4000/out` }
const begin = (client = flow.here.admin) => client.post('/v2/idp_intents', { idpId: flow.providerId, urls })
const retrieve = (back: URL, client = flow.here.admin) =>
  client.post(`/v2/idp_intents/${back.searchParams.get('id')}`, { idpIntentToken: back.searchParams.get('token') })

/** An intent whose person has arrived. */
async function arrived(claims: Record<string, unknown> = {}) {
  const { authUrl } = (await begin()).body
  const answer = await callback(new URL(authUrl).searchParams, token(claims))
  return new URL(answer.headers.get('location')!)
}

describe('signing people in for another application', () => {
  test('the start and the retrieval are on record, the person’s claims are not', async () => {
    const started = await begin()
    expect(await recorded(started)).toMatchObject([
      { action: 'intent.started', targetId: flow.providerId, after: urls },
    ])
    const back = await arrived({ sub: 'remote', email: 'personal@example.com' })
    const answer = await retrieve(back)
    expect(answer.body.idpInformation.rawInformation.email).toBe('personal@example.com')
    expect(await recorded(answer)).toMatchObject([
      { action: 'intent.retrieved', targetId: flow.providerId, after: { intentId: back.searchParams.get('id') } },
    ])
    expect(await flow.here.holds('personal@example.com')).toBe(false)
  })

  test('an auditor neither begins nor retrieves, and a retrieval that was refused leaves the intent as it is', async () => {
    const { client: auditor } = await flow.here.actor('auditor')
    const back = await arrived()
    for (const answer of [await begin(auditor), await retrieve(back, auditor)]) {
      expect(answer.status).toBe(403)
      expect(await recorded(answer)).toMatchObject([{ action: 'access.refused' }])
    }
    expect((await retrieve(back)).status).toBe(200)
  })
})

describe('asking a key source', () => {
  const path = '/api/admin/keys/lookup'
  const source = () => ({ kind: 'jwks-url', url: `${flow.keys.jwksUrl}?${crypto.randomUUID()}`, caCert: '' })

  test('by fetching a source on demand', async () => {
    const { url } = source()
    await attached(flow.here, { jwksUrl: url })
    const { sources } = (await flow.here.admin.get('/api/admin/key-sources')).body
    const { id } = sources.find((one: { url: string }) => one.url === url)
    const answer = await flow.here.admin.post(`/api/admin/key-sources/${id}/fetch`)
    expect(answer.status, answer.text).toBe(200)
    expect(await recorded(answer)).toMatchObject([{ action: 'key-source.fetched', targetId: id }])
  })

  test('by a lookup: recorded once for repeated lookups, and each time for a requested fetch', async () => {
    const body = { source: source() }
    const first = await flow.here.admin.post(path, body)
    expect(first.status, first.text).toBe(200)
    expect(await recorded(first)).toMatchObject([
      { action: 'key-source.looked-up', after: { url: body.source.url, fresh: false } },
    ])
    expect(await recorded(await flow.here.admin.post(path, body))).toEqual([])
    const fresh = await flow.here.admin.post(path, { ...body, fresh: true })
    expect(await recorded(fresh)).toMatchObject([{ action: 'key-source.looked-up', after: { fresh: true } }])
    const { id } = await flow.here.actor('member')
    const another = flow.here.anonymous.as(bearer(await issueToken(flow.here.admin, id)))
    expect(await recorded(await another.post(path, body))).toMatchObject([{ actorId: id }])
  })

  test('an auditor reads the sources of trusts, but cannot have them fetched', async () => {
    const { client: auditor } = await flow.here.actor('auditor')
    const own = source()
    await attached(flow.here, { jwksUrl: own.url })
    expect((await auditor.post(path, { source: own })).status).toBe(200)
    expect((await auditor.post(path, { source: own, fresh: true })).status).toBe(403)
    expect((await auditor.post(path, { source: source() })).status).toBe(403)
  })
})

test('a name that a provider changes at a sign-in is an entry of its own, before and after', async () => {
  const idpId = await provider({
    providerOptions: { isCreationAllowed: true, isAutoCreation: true, isAutoUpdate: true },
  })
  const sub = crypto.randomUUID()
  const { session } = await signIn(token({ sub, name: 'Grace' }), idpId)
  await signIn(token({ sub, name: 'Grace' }), idpId)
  await signIn(token({ sub, name: 'Mallory' }), idpId)
  const rows = await flow.here.db.auditEntry.findMany({ where: { targetId: session.user.id }, orderBy: { at: 'asc' } })
  const updates = rows.filter(({ action }) => action === 'member.updated')
  expect(updates.map(({ before, after }) => [JSON.parse(before!), JSON.parse(after!)])).toMatchObject([
    [{ name: 'Grace' }, { name: 'Mallory' }],
  ])
  expect(updates[0]).toMatchObject({ actorKind: 'system', organizationId: flow.here.organizationId })
  expect(rows.find(({ action }) => action === 'member.added')?.after).toContain('"name":"Grace"')
})
