import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually } from './eventually'
import { attached, type Installation, install, login } from './installation'
import { createIssuer } from './issuer'
import { issuerCalls } from './nativeframe-calls'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const issuer = createIssuer()
const iss = 'https://token.actions.githubusercontent.com'
const owner = { repository_owner: 'acme', repository_owner_id: '7' }

type Frozen = { trustId: string; identityId: string }

const deployer = () => attached(here, { publicKeys: [issuer.pem], boundIssuer: iss })
const run = (identityId: string, id: string, more: object = {}) =>
  login(
    here.anonymous,
    identityId,
    issuer.token({ iss, ...owner, repository: 'acme/shop', repository_id: id, ...more }),
  )
const frozenOf = async (identityId: string) =>
  (await here.admin.get('/api/admin/frozen-trusts')).body.frozen.find((one: Frozen) => one.identityId === identityId)

test('a name that comes with another id is refused and freezes the trust, until a member lifts it with a reason', async () => {
  const identityId = await deployer()
  expect((await run(identityId, '1')).status).toBe(200)
  expect((await run(identityId, '1')).status).toBe(200)
  expect((await run(identityId, '5', { repository: 'acme/other' })).status).toBe(200)

  const taken = await run(identityId, '2')
  expect([taken.status, taken.body.details?.reason], taken.text).toEqual([403, 'name_with_other_id'])
  expect(taken.text).not.toContain('acme/shop')
  const after = await run(identityId, '1')
  expect([after.status, after.body.details?.reason]).toEqual([403, 'trust_frozen'])
  expect((await login(here.anonymous, identityId, createIssuer().token({ iss }))).status).toBe(401)

  const [incident] = await eventually(
    async () =>
      (await here.admin.get(`/api/admin/incidents?identityId=${identityId}&reason=name_with_other_id`)).body.incidents,
    (found) => found.length > 0,
  )
  expect(incident).toMatchObject({ severity: 'critical', count: 1 })
  for (const part of ['acme/shop', 'repository_id', '1', '2']) expect(incident.about).toContain(part)
  const frozen = await frozenOf(identityId)
  const ids = { claim: 'repository', idClaim: 'repository_id', name: 'acme/shop', before: '1', after: '2' }
  expect(frozen).toMatchObject({ ...ids, method: 'jwt' })

  const lift = `/api/admin/trusts/${frozen.trustId}/lift-freeze`
  const auditor = await here.actor('auditor')
  expect((await auditor.client.post(lift, { reason: 'Moved.' })).status).toBe(403)
  expect((await here.admin.post(lift, {})).status).toBe(422)
  const member = await here.actor('member')
  expect((await member.client.post(lift, { reason: 'The repository was made again.' })).status).toBe(204)
  expect((await member.client.post(lift, { reason: 'Again.' })).status).toBe(404)
  const { entries } = (await here.admin.get(`/api/admin/audit?targetId=${frozen.trustId}`)).body
  expect(entries.map(({ action }: { action: string }) => action)).toEqual(
    expect.arrayContaining(['trust.frozen', 'trust.freeze-lifted']),
  )
  expect(await frozenOf(identityId)).toBeUndefined()

  expect((await run(identityId, '2')).status).toBe(200)
  const back = await run(identityId, '1')
  expect(back.body.details?.reason).toBe('name_with_other_id')
})

test('of concurrent tokens with a new name and two ids, only those with one of the ids are accepted', async () => {
  const identityId = await deployer()
  const ids = ['1', '2', '1', '2', '1', '2']
  const answers = await Promise.all(ids.map((id) => run(identityId, id)))
  const accepted = new Set(answers.flatMap(({ status }, at) => (status === 200 ? [ids[at]] : [])))
  expect(accepted.size).toBeLessThanOrEqual(1)
  expect(await frozenOf(identityId)).toMatchObject({ name: 'acme/shop' })
})

test('tokens without an id, and tokens of an unknown issuer, are not compared', async () => {
  const identityId = await deployer()
  expect((await run(identityId, '1')).status).toBe(200)
  const claims = { iss, ...owner, repository: 'acme/shop' }
  expect((await login(here.anonymous, identityId, issuer.token(claims))).status).toBe(200)
  const unknown = await attached(here, { publicKeys: [issuer.pem] })
  for (const id of ['1', '2']) {
    const other = issuer.token({ iss: 'https://issuer.example', repository: 'acme/shop', repository_id: id })
    expect((await login(here.anonymous, unknown, other)).status).toBe(200)
  }
})

const { made, login: exchange } = issuerCalls(() => here)

test('a standalone issuer is frozen as well, and its API answers in its own format', async () => {
  const iss = `https://token.actions.githubusercontent.com/${randomUUID()}`
  const { token } = await made({ iss })
  const of = (id: string) => exchange(token({ iss, ...owner, repository: 'acme/shop', repository_id: id }))
  expect((await of('1')).status).toBe(200)
  const [taken, after] = [await of('2'), await of('1')]
  expect([taken.status, after.status]).toEqual([403, 403])
  expect(taken.headers.get('x-keybound-reason')).toBe('name_with_other_id')
  expect(after.headers.get('x-keybound-reason')).toBe('trust_frozen')
})
