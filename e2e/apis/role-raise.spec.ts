import { afterAll, beforeAll, expect, test } from 'vitest'
import { bearer } from './client'
import { type Installation, install, jwtAuthPath, login } from './installation'
import { createIssuer } from './issuer'

let here: Installation
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

const details = (token: string) => here.anonymous.get('/api/v1/identities/details', { headers: bearer(token) })

test('an access token from before the promotion is no admin’s, by whichever API the role is raised', async () => {
  const issuer = createIssuer()
  const { client: member } = await here.actor('member', 'Mallory')
  for (const path of ['/api/v1/identities', '/api/admin/identities']) {
    const made = await member.post('/api/admin/identities', { name: 'prepared', role: 'member' })
    const id: string = made.body.id
    expect((await member.post(jwtAuthPath(id), { publicKeys: [issuer.pem] })).status).toBe(200)
    const { accessToken } = (await login(here.anonymous, id, issuer.token())).body
    expect((await details(accessToken)).status).toBe(200)

    const refused = await here.admin.patch(`${path}/${id}`, { role: 'admin' })
    expect(refused.status, refused.text).toBe(400)
    expect(refused.headers.get('x-keybound-reason')).toBe('take_over_needed')
    expect(refused.text).toContain('Mallory')
    // Nothing was done by halves.
    expect((await details(accessToken)).status).toBe(200)

    const raised = await here.admin.patch(`/api/admin/identities/${id}`, { role: 'admin', takeOver: true })
    expect(raised.status, raised.text).toBe(200)
    expect((await details(accessToken)).status).toBe(401)
    expect((await login(here.anonymous, id, issuer.token())).status).toBe(200)
    expect((await member.patch(jwtAuthPath(id), { publicKeys: [createIssuer().pem] })).status).toBe(403)
  }
})

test('Infisical’s PATCH raises where an admin changed the trust last, and ends the tokens from before', async () => {
  const issuer = createIssuer()
  const id = await here.identity({ role: 'no-access' })
  await here.admin.post(jwtAuthPath(id), { publicKeys: [issuer.pem] })
  const { accessToken } = (await login(here.anonymous, id, issuer.token())).body
  expect((await here.admin.patch(`/api/v1/identities/${id}`, { name: 'the same role' })).status).toBe(200)
  expect((await details(accessToken)).status).toBe(200)
  expect((await here.admin.patch(`/api/v1/identities/${id}`, { role: 'member' })).status).toBe(200)
  expect((await details(accessToken)).status).toBe(401)
})

test('the controllers of an identity’s trusts are shown before its promotion', async () => {
  const { client: member, id: memberId } = await here.actor('member', 'Trent')
  const id = await here.identity({ role: 'member' })
  await member.post(jwtAuthPath(id), { publicKeys: [createIssuer().pem] })
  const { status, body } = await here.admin.get(`/api/admin/identities/${id}/controllers`)
  expect(status).toBe(200)
  expect(body.controllers).toMatchObject([
    { method: 'jwt', by: { kind: 'identity', id: memberId, name: 'Trent', role: 'member' } },
  ])
})
