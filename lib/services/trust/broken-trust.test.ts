import { exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { beforeEach, describe, expect, test } from 'vitest'
import { jwtTrust, useService } from '@/e2e/fixtures/service'
import { storedKindPart } from '@/lib/db/trust-row'
import {
  attachTokenAuth,
  createToken,
  getTokenAuth,
  removeTokenAuth,
  updateTokenAuth,
} from '../access-token/token-auth'
import { useAccessToken } from '../access-token/use-access-token'
import type { Context } from '../context'
import { createIdentity } from '../identity/create-identity'
import { login } from '../login/login'
import { getOrganizationSettings, setOrganizationSettings } from '../organization/settings'
import { createTrust } from './create-trust'
import { getTrust, getTrustOfIdentity } from './find-trust'
import { listTrusts } from './list-trusts'
import { removeTrust } from './remove-trust'
import { updateTrust } from './update-trust'

const service = useService()
const columns = ['keys', 'keyUse', 'algorithms', 'rules', 'lifetime', 'grant', 'options'] as const
/** No JSON, JSON of another type, and JSON that lacks what it needs. */
const texts = ['{"broken', '42', 'null', '[{"kind":"unknown"}]']

let admin: Context
let identityId: string
let trustId: string
let draft: Awaited<ReturnType<typeof jwtTrust>>
beforeEach(async () => {
  admin = (await service.person('admin')).ctx
  identityId = (await createIdentity(admin, { name: 'robot', role: 'member' })).id
  draft = await jwtTrust(identityId)
  trustId = (await createTrust(admin, draft)).id
})

const breakColumn = (column: string, text: string, id = trustId) =>
  service.db.$executeRawUnsafe(`UPDATE "Trust" SET "${column}" = ? WHERE id = ?`, text, id)
const asAnonymous = () => service.context({ kind: 'anonymous' })

describe.each(columns)('a trust whose stored %s cannot be read', (column) => {
  test.each(texts)('refuses every token, with a reason of its own on record: %s', async (text) => {
    await breakColumn(column, text)
    const ctx = asAnonymous()
    const { jwt: token } = await signed()
    const outcome = await login(ctx, { identityId, token, kind: 'jwt' })
    expect(outcome).toMatchObject({ accepted: false, check: { id: 'method', reason: 'trust_unreadable' } })
    // The caller learns nothing of the configuration, the owner which part it is.
    expect(JSON.stringify(outcome).match(/"message":"([^"]*)"/)?.[1]).not.toContain(column)
    const decision = await service.db.decision.findUniqueOrThrow({ where: { id: ctx.requestId } })
    expect(decision).toMatchObject({ accepted: false, reason: 'trust_unreadable', trustId, subject: 'deployer' })
    expect(decision.trace).toContain(column)
  })

  test('is shown as broken in its place, beside the others', async () => {
    const other = await createIdentity(admin, { name: 'other', role: 'member' })
    await createTrust(admin, await jwtTrust(other.id))
    await breakColumn(column, '{')
    const { trusts } = await listTrusts(admin, {})
    expect(trusts.find(({ id }) => id === trustId)).toMatchObject({ name: 'trust', unreadable: [column] })
    expect(trusts.find((trust) => trust.identityId === other.id)).not.toHaveProperty('unreadable')
  })

  test('is removed, and replaced as a whole', async () => {
    await breakColumn(column, '{')
    const replaced = await updateTrust(admin, { identityId, kind: 'jwt' }, () => ({ ...draft, options: {} }))
    expect(replaced).not.toHaveProperty('unreadable')
    await breakColumn(column, '{')
    await removeTrust(admin, { identityId, kind: 'jwt' })
    await expect(getTrust(admin, trustId)).rejects.toMatchObject({ kind: 'not-found' })
  })
})

test.each(['keys', 'rules', 'grant', 'lifetime', 'algorithms', 'keyUse'])(
  'a change of parts never makes a stand-in for %s valid',
  async (column) => {
    await breakColumn(column, '{')
    const renamed = updateTrust(admin, { id: trustId }, (before) => ({ ...before, name: 'renamed' }))
    await expect(renamed).rejects.toMatchObject({ kind: 'rule', reason: 'stored_unreadable' })
    expect(await getTrust(admin, trustId)).toMatchObject({ unreadable: [column] })
  },
)

test('readable parts are kept where only the broken part is given', async () => {
  const rules = [{ path: 'sub', matcher: { kind: 'glob-any' as const, values: ['deployer'] } }]
  await updateTrust(admin, { id: trustId }, (before) => ({ ...before, rules }))
  await breakColumn('keys', '{')
  const trust = await updateTrust(admin, { id: trustId }, (before) => ({ ...before, keys: draft.keys }))
  expect(trust.rules).toMatchObject(rules)
})

test('a trust of an unknown kind is listed, and removed by its id', async () => {
  await breakColumn('kind', 'saml')
  expect((await listTrusts(admin, { identityId })).trusts).toMatchObject([{ id: trustId, unreadable: ['kind'] }])
  await expect(getTrustOfIdentity(admin, identityId, 'jwt')).rejects.toMatchObject({ kind: 'not-found' })
  await removeTrust(admin, { id: trustId })
  expect((await listTrusts(admin, { identityId })).trusts).toEqual([])
})

test('a row that was broken after its last login is not judged by what was kept of it', async () => {
  const { jwt: token, pem } = await signed()
  await updateTrust(admin, { id: trustId }, (before) => ({ ...before, keys: [{ kind: 'static-pem', pem }] }))
  expect(await login(asAnonymous(), { identityId, token, kind: 'jwt' })).toMatchObject({ accepted: true })
  await breakColumn('rules', '{')
  expect(await login(asAnonymous(), { identityId, token, kind: 'jwt' })).toMatchObject({ accepted: false })
})

test.each(['{', '{}', '{"jwtEndpoint":1}', '[]'])('a provider with broken options is not offered: %s', (options) => {
  expect(storedKindPart('sign-in', options)).toBeNull()
})

describe('Token Auth whose stored grant cannot be read', () => {
  const breakGrant = () =>
    service.db.$executeRawUnsafe(`UPDATE "TokenAuth" SET "grant" = '{' WHERE "identityId" = ?`, identityId)
  beforeEach(async () => {
    await attachTokenAuth(admin, identityId, {})
  })

  test('issues no token, and those it issued are refused', async () => {
    const { accessToken } = await createToken(admin, identityId, undefined)
    await breakGrant()
    await expect(useAccessToken(asAnonymous(), accessToken)).rejects.toMatchObject({ kind: 'unauthenticated' })
    await expect(createToken(admin, identityId, undefined)).rejects.toMatchObject({ reason: 'stored_unreadable' })
    expect(await getTokenAuth(admin, identityId)).toMatchObject({ unreadable: ['grant'] })
  })

  test('is replaced as a whole, and removed', async () => {
    await breakGrant()
    const part = updateTokenAuth(admin, identityId, (before) => ({ ...before, usesMax: 3 }))
    await expect(part).rejects.toMatchObject({ reason: 'stored_unreadable' })
    expect(await updateTokenAuth(admin, identityId, () => ({ usesMax: 3 }))).toMatchObject({ grant: { usesMax: 3 } })
    await breakGrant()
    await removeTokenAuth(admin, identityId)
  })
})

test('return addresses that cannot be read list nothing, say so, and are set again', async () => {
  await service.db.$executeRawUnsafe(`UPDATE "Organization" SET "returnOrigins" = '{'`)
  expect(await getOrganizationSettings(admin)).toMatchObject({ returnOrigins: [], unreadable: ['returnOrigins'] })
  await setOrganizationSettings(admin, { returnOrigins: [] })
  const settings = await getOrganizationSettings(admin)
  expect(settings).toMatchObject({ returnOrigins: [] })
  expect(settings).not.toHaveProperty('unreadable')
})

test('a counter of changes that cannot be read goes on from the last one that was numbered', async () => {
  const { sequence } = await updateTrust(admin, { id: trustId }, (before) => ({ ...before, name: 'one' }))
  await service.db.$executeRawUnsafe(`UPDATE "SequenceCounter" SET "value" = 'x'`)
  const after = await updateTrust(admin, { id: trustId }, (before) => ({ ...before, name: 'two' }))
  expect(BigInt(after.sequence ?? 0)).toBeGreaterThan(BigInt(sequence ?? 0))
})

/** A token in good form, and the key that verifies it. */
async function signed() {
  const now = Math.floor(admin.now().getTime() / 1000)
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const jwt = new SignJWT({ sub: 'deployer', exp: now + 300 }).setProtectedHeader({ alg: 'ES256' })
  return { jwt: await jwt.sign(privateKey), pem: await exportSPKI(publicKey) }
}
