import { beforeEach, expect, test } from 'vitest'
import { openOnPurpose } from '@/e2e/fixtures/open-on-purpose'
import { jwtTrust, useService } from '@/e2e/fixtures/service'
import type { Context } from '@/lib/services/context'
import { createIdentity } from '@/lib/services/identity/create-identity'
import { trustOperations } from './operations'
import { TrustInput } from './wire'

const service = useService()
let admin: Context
let pem = ''
let params: { identityId: string; method: 'jwt' }
beforeEach(async () => {
  admin = (await service.person('admin')).ctx
  params = { identityId: (await createIdentity(admin, { name: 'robot', role: 'member' })).id, method: 'jwt' }
  const [key] = (await jwtTrust(params.identityId)).keys
  pem = key?.pem ?? ''
})

const body = (options?: object) =>
  TrustInput.parse({
    keys: [{ kind: 'jwks-url', url: 'https://issuer.example/keys' }],
    ...openOnPurpose,
    ...(options ? { options } : {}),
  })
const attach = (options?: object) =>
  trustOperations.attachIdentityTrust.run(admin, { params, body: body(options), query: {}, headers: new Headers() })
const replace = (options?: object) =>
  trustOperations.replaceIdentityTrust.run(admin, { params, body: body(options), query: {}, headers: new Headers() })

test('the options of a method are stored, kept by a replacement without them, and replaced by one with them', async () => {
  const inactiveKeys = { jwksUrl: '', jwksCaCert: '', publicKeys: [pem] }
  expect((await attach({ inactiveKeys })).body).toMatchObject({ foreign: { infisical: inactiveKeys } })
  expect((await replace()).body).toMatchObject({ foreign: { infisical: inactiveKeys } })
  expect((await replace({})).body).toHaveProperty('foreign', {})
})

test('an option that is wrong is refused by its place, and nothing is stored', async () => {
  await expect(attach({ inactiveKeys: { publicKeys: [7] } })).rejects.toMatchObject({
    issues: [{ path: ['options', 'inactiveKeys', 'publicKeys', 0] }],
  })
  await expect(attach({ inactiveKeys: { publicKeys: ['no key'] } })).rejects.toMatchObject({
    kind: 'rule',
    fields: [{ path: ['options', 'inactiveKeys', 'publicKeys', 0] }],
  })
  expect(await service.db.trust.count({ where: { identityId: params.identityId } })).toBe(0)
})
