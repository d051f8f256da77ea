import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from './eventually'
import { attached, type Installation, install, jwtAuthPath, login } from './installation'
import { createIssuer } from './issuer'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const api = '/api/admin/incidents'
const issuer = createIssuer()
const other = createIssuer()

type Listed = { id: string; count: number; reason: string; state: string; identityId: string | null }
const listed = async (query: string): Promise<Listed[]> => (await here.admin.get(`${api}?${query}`)).body.incidents
/** Incidents are made beside the logins, some seconds after them. */
const incidents = (query: string, isThere: (found: Listed[]) => boolean) => eventually(() => listed(query), isThere)

const total = (found: Listed[]) => found.reduce((sum, { count }) => sum + count, 0)

async function refusedOften(count: number) {
  const identityId = await attached(here, { publicKeys: [issuer.pem] })
  await login(here.anonymous, identityId, issuer.token())
  await here.admin.patch(jwtAuthPath(identityId), { publicKeys: [other.pem] })
  const refusals = []
  for (let n = 0; n < count; n++) refusals.push(await login(here.anonymous, identityId, issuer.token()))
  return { identityId, refusals }
}

// Side by side: most of them wait for what is done beside the answers.

test.concurrent('refused logins with one cause are one incident: who, why, since when, how often, and what changed before', async () => {
  const { identityId, refusals } = await refusedOften(14)
  const [incident, ...others] = await incidents(`identityId=${identityId}`, (found) => total(found) === 14)
  expect(others).toEqual([])
  expect(incident).toMatchObject({ count: 14, state: 'open', isGoingOn: true, isMixed: false })
  const detail = (await here.admin.get(`${api}/${incident?.id}`)).body
  expect(detail.addresses.listed).toHaveLength(1)
  expect(detail.addresses.listed[0].count).toBe(14)
  expect(detail.lastAcceptedAt).not.toBeNull()
  expect(detail.changes[0]).toMatchObject({ kind: 'trust', actorName: expect.any(String) })
  const entry = await here.admin.get(`/api/admin/audit/${detail.changes[0].entryId}`)
  expect(entry.body).toMatchObject({ action: 'trust.updated' })
  const first = refusals[0]?.headers.get('x-request-id')
  expect(detail.firstDecisionId).toBe(first)
  const decision = await here.admin.get(`/api/admin/decisions/${first}`)
  expect(decision.body.incidentId).toBe(incident?.id)
  const rows = await here.admin.get(`${api}/${incident?.id}/refusals?limit=5`)
  expect(rows.body.decisions).toHaveLength(5)
  const more = await here.admin.get(`${api}/${incident?.id}/refusals?cursor=${encodeURIComponent(rows.body.next)}`)
  const ids = [...rows.body.decisions, ...more.body.decisions].map(({ id }: { id: string }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.at(-1)).toBe(first)
})

test.concurrent('an incident is resolved with a note, and the same cause begins a new one', async () => {
  const { identityId } = await refusedOften(1)
  const [incident] = await incidents(`identityId=${identityId}`, (found) => found.length > 0)
  const path = `${api}/${incident?.id}`
  const resolved = await here.admin.patch(path, { state: 'resolved', note: 'The old key was removed.', version: 0 })
  expect(resolved.status, resolved.text).toBe(200)
  expect(resolved.body).toMatchObject({ state: 'resolved', isGoingOn: false, note: 'The old key was removed.' })
  expect((await here.admin.patch(path, { state: 'open', version: 0 })).status).toBe(409)
  await login(here.anonymous, identityId, issuer.token())
  const found = await incidents(`identityId=${identityId}`, (all) => all.length > 1)
  expect(found.map(({ state, count }) => ({ state, count }))).toEqual([
    { state: 'open', count: 1 },
    { state: 'resolved', count: 1 },
  ])
  expect((await listed(`identityId=${identityId}&state=resolved`)).map(({ id }) => id)).toEqual([incident?.id])
})

test.concurrent('accepted logins that raise an alarm are incidents: a token from two addresses, a first use late in its life', async () => {
  const identityId = await attached(here, { publicKeys: [issuer.pem] })
  const iat = Math.floor(Date.now() / 1000) - 5800
  const token = issuer.token({ iat, nbf: iat, exp: iat + 6400 })
  for (const address of ['192.0.2.1', '198.51.100.7']) {
    const { status, text } = await login(here.anonymous.as({ 'x-forwarded-for': address }), identityId, token)
    expect(status, text).toBe(200)
  }
  await login(here.anonymous, identityId, issuer.token())
  const found = await incidents(`identityId=${identityId}`, (all) => total(all) === 3)
  const byReason = Object.fromEntries(found.map((one) => [one.reason, one]))
  expect(byReason).toMatchObject({
    token_from_two_addresses: { count: 2, state: 'open' },
    token_first_used_late: { count: 1, state: 'open' },
  })
  const { id } = byReason.token_from_two_addresses ?? { id: '' }
  const rows = await here.admin.get(`${api}/${id}/refusals`)
  expect(rows.body.decisions.map(({ ip }: { ip: string }) => ip)).toEqual(['198.51.100.7', '192.0.2.1'])
  expect((await listed(`identityId=${identityId}&reason=token_first_used_late`)).length).toBe(1)
})

test.concurrent('a run that opens more trusts than the runs of its workflow before is an incident with its login; the login stays accepted', async () => {
  const iss = 'https://token.actions.githubusercontent.com'
  const attach = () => attached(here, { publicKeys: [issuer.pem], boundIssuer: iss })
  const [usual, further] = [await attach(), await attach()]
  const run = async (identityId: string, id: string) => {
    const of = { repository: 'acme/shop', repository_id: '7', workflow: 'Deploy', run_id: id, event_name: 'push' }
    const { status, text, headers } = await login(here.anonymous, identityId, issuer.token({ iss, ...of }))
    expect(status, text).toBe(200)
    return headers.get('x-request-id')
  }
  for (const id of ['1', '2', '3', '4', '5', '6']) await run(usual, id)
  const beyond = await run(further, '6')
  const [incident, ...others] = await incidents('reason=run_at_more_trusts_than_usual', (all) => all.length > 0)
  expect(others).toEqual([])
  expect(incident).toMatchObject({ count: 1, state: 'open', severity: 'high', identityId: further })
  expect(incident).toMatchObject({
    about:
      'Run 6 (run_id) opened 2 trusts; runs before it opened one. Workload: repository acme/shop, repository_id 7, workflow Deploy.',
  })
  const rows = await here.admin.get(`${api}/${incident?.id}/refusals`)
  expect(rows.body.decisions).toMatchObject([{ id: beyond, accepted: true, identityId: further }])
})

test.concurrent('attempts that match no identity are listed separately', async () => {
  for (let n = 0; n < 3; n++) await login(here.anonymous, randomUUID(), issuer.token())
  const found = await incidents('owner=none&reason=method_not_configured', (all) => total(all) >= 3)
  expect(found.every(({ identityId }) => identityId === null)).toBe(true)
  expect((await listed('reason=method_not_configured')).length).toBe(0)
})

test.concurrent('missing incidents and unknown filters are reported', async () => {
  expect((await here.admin.get(`${api}/${randomUUID()}`)).status).toBe(404)
  expect((await here.admin.patch(`${api}/${randomUUID()}`, { state: 'open' })).status).toBe(404)
  expect((await here.admin.get(`${api}?state=closed`)).status).toBe(422)
  expect((await here.anonymous.get(api)).status).toBe(401)
})
