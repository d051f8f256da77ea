import { afterAll, beforeAll, expect, test } from 'vitest'
import { attached, type Installation, install, login } from './installation'
import { createIssuer } from './issuer'

// Decisions by the key that a token names.

let here: Installation
const issuer = createIssuer()
beforeAll(async () => {
  here = await install()
})
afterAll(() => here.stop())

test('a kid is matched as a whole, in accepted and refused logins, and has no wildcard characters', async () => {
  const id = await attached(here, { publicKeys: [issuer.pem] })
  const kids = ['key-one', 'key_one', '"quoted" 100%', 'key']
  for (const kid of kids) await login(here.anonymous, id, issuer.token({}, { kid }))
  await login(here.anonymous, id, issuer.token({ sub: 'without a key' }))
  await login(here.anonymous, id, createIssuer().token({}, { kid: 'key' }))

  const found = async (kid: string) => {
    const { status, body } = await here.admin.get(
      `/api/admin/decisions?identityId=${id}&kid=${encodeURIComponent(kid)}`,
    )
    expect(status).toBe(200)
    const ids: string[] = body.decisions.map((decision: { id: string }) => decision.id)
    const all = await Promise.all(ids.map((one) => here.admin.get(`/api/admin/decisions/${one}`)))
    return all.map(({ body: { header, accepted } }) => [header.kid, accepted])
  }
  for (const kid of kids.slice(0, 3)) expect(await found(kid)).toEqual([[kid, true]])
  expect((await found('key')).sort()).toEqual([
    ['key', false],
    ['key', true],
  ])
  expect(await found('ke')).toEqual([])
  expect((await here.admin.get('/api/admin/decisions?kid=')).status).toBe(422)
})
