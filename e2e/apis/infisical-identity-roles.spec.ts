import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectEnvelope, type Installation, install, jwtAuthPath } from './installation'
import { createIssuer } from './issuer'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const path = '/api/v1/identities'

describe('roles and ranks', () => {
  const denied = { status: 403, error: 'PermissionDenied' }

  test('a role above one’s own cannot be granted', async () => {
    const member = await here.actor('member')
    const before = await here.rows()
    const answer = await member.client.post(path, { name: 'x', organizationId: here.organizationId, role: 'admin' })
    expectEnvelope(answer, denied)
    expectEnvelope(await member.client.patch(`${path}/${member.id}`, { role: 'admin' }), denied)
    expect((await here.rows()).identity).toBe(before.identity)
    expect((await here.admin.get(`${path}/${member.id}`)).body.identity.role).toBe('member')
    for (const role of ['member', 'auditor', 'no-access']) {
      const made = await member.client.post(path, { name: 'x', organizationId: here.organizationId, role })
      expect(made.status, role).toBe(200)
    }
  })

  test('a member cannot touch an admin identity, its trust or its tokens', async () => {
    const member = await here.actor('member')
    const target = await here.actor('admin')
    const pem = createIssuer().pem
    expectEnvelope(await member.client.post(jwtAuthPath(target.id), { publicKeys: [pem] }), denied)
    await here.admin.post(jwtAuthPath(target.id), { publicKeys: [pem] })
    const tokens = `/api/v1/auth/token-auth/identities/${target.id}`
    const listed = await here.admin.get(`${tokens}/tokens`)
    const acts = [
      () => member.client.patch(jwtAuthPath(target.id), { boundAudiences: 'mine' }),
      () => member.client.delete(jwtAuthPath(target.id)),
      () => member.client.post(`${tokens}/tokens`, {}),
      () => member.client.delete(tokens),
      () => member.client.post(`/api/v1/auth/token-auth/tokens/${listed.body.tokens[0].id}/revoke`, {}),
      () => member.client.patch(`${path}/${target.id}`, { name: 'x' }),
      () => member.client.delete(`${path}/${target.id}`),
    ]
    const before = await here.rows()
    for (const act of acts) expectEnvelope(await act(), denied)
    expect(await here.rows()).toEqual(before)
    expect((await target.client.get(`${path}/${target.id}`)).status).toBe(200)
    expect((await here.admin.get(jwtAuthPath(target.id))).body.identityJwtAuth.boundAudiences).toBe('')
  })

  test('an auditor reads everything and changes nothing', async () => {
    const auditor = await here.actor('auditor')
    const id = await here.identity()
    await here.admin.post(jwtAuthPath(id), { publicKeys: [createIssuer().pem] })
    for (const readable of [path, `${path}/${id}`, jwtAuthPath(id), '/api/admin/audit', '/api/admin/decisions']) {
      expect((await auditor.client.get(readable)).status, readable).toBe(200)
    }
    const before = await here.rows()
    const acts = [
      () => auditor.client.post(path, { name: 'x', organizationId: here.organizationId }),
      () => auditor.client.patch(`${path}/${id}`, { name: 'x' }),
      () => auditor.client.delete(`${path}/${id}`),
      () => auditor.client.patch(jwtAuthPath(id), { boundAudiences: 'x' }),
      () => auditor.client.delete(jwtAuthPath(id)),
      () => auditor.client.post(`/api/v1/auth/token-auth/identities/${id}`, {}),
    ]
    for (const act of acts) expectEnvelope(await act(), denied)
    expect(await here.rows()).toEqual(before)
  })

  test('no-access reads nothing', async () => {
    const { client, id } = await here.actor('no-access')
    for (const closed of [path, `${path}/${id}`, jwtAuthPath(id)]) expectEnvelope(await client.get(closed), denied)
    expectEnvelope(await client.post(`${path}/search`, {}), denied)
    for (const closed of ['audit', 'decisions', 'tokens', 'trusts', 'identities', 'members', 'overview']) {
      expect((await client.get(`/api/admin/${closed}`)).status, closed).toBe(403)
    }
  })

  test('a request without credentials is 401', async () => {
    for (const [method, at] of [
      ['GET', path],
      ['POST', path],
      ['GET', `${path}/${randomUUID()}`],
      ['POST', jwtAuthPath(randomUUID())],
    ] as const) {
      expectEnvelope(await here.anonymous.call(method, at), { status: 401, error: 'UnauthorizedError' })
    }
    for (const authorization of ['Bearer', 'Bearer  ', 'Basic YTpi', 'Bearer a b']) {
      const answer = await here.anonymous.get(path, { headers: { authorization } })
      expectEnvelope(answer, { status: 401, error: 'UnauthorizedError' })
    }
  })
})
