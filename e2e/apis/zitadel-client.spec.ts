import { Code, ConnectError } from '@connectrpc/connect'
import { createConnectTransport } from '@connectrpc/connect-web'
import { createAdminServiceClient, createManagementServiceClient } from '@zitadel/client/v1'
import { createIdpServiceClient, createSettingsServiceClient, createUserServiceClient } from '@zitadel/client/v2'
import { createClientTransport } from '@zitadel/client/web'
import { IDPState, IDPType } from '@zitadel/proto/zitadel/idp_pb.js'
import { ErrorDetailSchema } from '@zitadel/proto/zitadel/message_pb.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Installation, install } from './installation'

let here: Installation
let admin: Client
type Client = ReturnType<typeof createAdminServiceClient>

beforeAll(async () => {
  here = await install()
  admin = clientOf((await here.actor('admin')).token)
})
afterAll(() => here.stop())

/** The unmodified npm client. */
const clientOf = (token: string): Client =>
  createAdminServiceClient(createClientTransport(token, { baseUrl: here.keybound.baseUrl }))

/** The same token over a browser's two transports. */
const transports = (token: string) => ({
  'gRPC-web': createClientTransport(token, { baseUrl: here.keybound.baseUrl }),
  Connect: createConnectTransport({
    baseUrl: here.keybound.baseUrl,
    interceptors: [
      (next) => (request) => {
        request.header.set('authorization', `Bearer ${token}`)
        return next(request)
      },
    ],
  }),
})

const config = {
  jwtEndpoint: 'https://custom.com/auth/jwt',
  issuer: 'https://accounts.custom.com',
  keysEndpoint: 'https://accounts.custom.com/keys',
  headerName: 'x-auth-token',
}

const refusal = async (call: Promise<unknown>): Promise<ConnectError> => {
  const error = await call.then(
    () => null,
    (error: unknown) => ConnectError.from(error),
  )
  if (!error) throw new Error('It was not refused.')
  return error
}

test('a provider is added, read, listed, updated, deactivated, reactivated and removed', async () => {
  const { idpId, details } = await admin.addJWTIDP({ name: 'demo', ...config })
  expect(details?.sequence).toBeTypeOf('bigint')
  expect(details?.resourceOwner).toBe(here.organizationId)

  const { idp } = await admin.getIDPByID({ id: idpId })
  expect(idp).toMatchObject({ id: idpId, name: 'demo', state: IDPState.IDP_STATE_ACTIVE })
  expect(idp?.config).toMatchObject({ case: 'jwtConfig', value: config })

  const { result, details: list } = await admin.listIDPs({
    queries: [{ query: { case: 'idpIdQuery', value: { id: idpId } } }],
  })
  expect(result.map(({ name }) => name)).toEqual(['demo'])
  expect(list?.totalResult).toBe(1n)

  const one = await admin.updateIDPJWTConfig({ idpId, ...config, issuer: 'https://one.example' })
  const two = await admin.updateIDPJWTConfig({ idpId, ...config, issuer: 'https://two.example' })
  expect(two.details!.sequence).toBeGreaterThan(one.details!.sequence)

  await admin.updateIDP({ idpId, name: 'renamed', autoRegister: true })
  await admin.deactivateIDP({ idpId })
  expect((await admin.getIDPByID({ id: idpId })).idp).toMatchObject({ name: 'renamed', autoRegister: true, state: 2 })
  await admin.reactivateIDP({ idpId })
  await admin.removeIDP({ idpId })
  expect((await refusal(admin.getIDPByID({ id: idpId }))).code).toBe(Code.NotFound)
})

test('the template methods see the same providers, and an update from here keeps the audience', async () => {
  const { id } = await admin.addJWTProvider({ name: 'template', ...config, providerOptions: { isAutoCreation: true } })
  await here.admin.put(`/admin/v1/idps/generic_jwt/${id}`, { name: 'template', ...config, audience: 'keybound' })
  await admin.updateJWTProvider({ id, name: 'template two', ...config })
  const { idp } = await admin.getProviderByID({ id })
  expect(idp).toMatchObject({ id, name: 'template two' })
  expect(idp?.config?.config).toMatchObject({ case: 'jwt', value: config })
  const read = await here.admin.get(`/admin/v1/idps/templates/${id}`)
  expect(read.body.idp.config.jwt.audience).toBe('keybound')
  const { result } = await admin.listProviders({ queries: [{ query: { case: 'idpIdQuery', value: { id } } }] })
  expect(result).toHaveLength(1)
  await admin.deleteProvider({ id })
  expect((await refusal(admin.getProviderByID({ id }))).code).toBe(Code.NotFound)
})

test('a provider is unlinked from the login policy, and linked again', async () => {
  const { idpId } = await admin.addJWTIDP({ name: 'policy', ...config })
  const linked = async () => (await admin.listLoginPolicyIDPs({})).result.filter((link) => link.idpId === idpId)
  expect(await linked()).toMatchObject([{ idpId, idpName: 'policy', idpType: IDPType.IDP_TYPE_JWT }])
  const removed = await admin.removeIDPFromLoginPolicy({ idpId })
  expect(await linked()).toEqual([])
  expect((await refusal(admin.removeIDPFromLoginPolicy({ idpId }))).code).toBe(Code.NotFound)
  const added = await admin.addIDPToLoginPolicy({ idpId })
  expect(added.details!.sequence).toBeGreaterThan(removed.details!.sequence)
  expect(await linked()).toHaveLength(1)
})

test('no change is FAILED_PRECONDITION, with the id of the place that said it', async () => {
  const { idpId } = await admin.addJWTIDP({ name: 'unchanged', ...config })
  const error = await refusal(admin.updateIDPJWTConfig({ idpId, ...config }))
  expect(error.code).toBe(Code.FailedPrecondition)
  expect(error.findDetails(ErrorDetailSchema)).toMatchObject([{ id: 'INSTANCE-3n9gg', message: expect.any(String) }])
})

test('the codes are those of gRPC', async () => {
  const { idpId } = await admin.addJWTIDP({ name: 'codes', ...config })
  expect((await refusal(admin.addJWTIDP({ name: 'codes', ...config }))).code).toBe(Code.AlreadyExists)
  expect((await refusal(admin.updateIDPJWTConfig({ idpId, ...config, issuer: '' }))).code).toBe(Code.InvalidArgument)
  expect((await refusal(admin.getIDPByID({ id: '' }))).code).toBe(Code.InvalidArgument)
  expect((await refusal(clientOf('nonsense').getIDPByID({ id: idpId }))).code).toBe(Code.Unauthenticated)
  const auditor = clientOf((await here.actor('auditor')).token)
  expect((await refusal(auditor.removeIDP({ idpId }))).code).toBe(Code.PermissionDenied)
  expect((await refusal(admin.listOrgs({}))).code).toBe(Code.Unimplemented)
})

test.each(['gRPC-web', 'Connect'] as const)('%s: the organization’s level and version 2', async (name) => {
  const transport = transports((await here.actor('admin')).token)[name]
  const management = createManagementServiceClient(transport)
  const { idpId } = await management.addOrgJWTIDP({ name: `level ${name}`, ...config })
  await management.updateOrgIDPJWTConfig({ idpId, ...config, issuer: 'https://level.example' })
  expect((await refusal(management.updateOrgIDPJWTConfig({ idpId, ...config, issuer: '' }))).code).toBe(3)

  const { idp } = await createIdpServiceClient(transport).getIDPByID({ id: idpId })
  expect(idp?.config?.config).toMatchObject({ case: 'jwt', value: { issuer: 'https://level.example' } })
  const settings = createSettingsServiceClient(transport)
  const ids = async (asked: object) =>
    (await settings.getActiveIdentityProviders(asked)).identityProviders.map(({ id }) => id)
  expect(await ids({})).toContain(idpId)
  expect(await ids({ autoCreation: true })).not.toContain(idpId)
  expect(await ids({ ctx: { resourceOwner: { case: 'instance', value: true } } })).not.toContain(idpId)

  const user = createUserServiceClient(transport)
  const { id: userId } = (await here.db.user.findFirst())!
  await user.addIDPLink({ userId, idpLink: { idpId, userId: `sub ${name}`, userName: 'ada' } })
  const { result } = await user.listIDPLinks({ userId })
  expect(result.filter((link) => link.idpId === idpId)).toMatchObject([{ userId: `sub ${name}` }])
  await user.removeIDPLink({ userId, idpId, linkedUserId: `sub ${name}` })
  await management.removeOrgIDP({ idpId })
  expect((await refusal(createIdpServiceClient(transport).getIDPByID({ id: idpId }))).code).toBe(Code.NotFound)
})
