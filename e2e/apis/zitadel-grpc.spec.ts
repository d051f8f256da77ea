import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Code, ConnectError } from '@connectrpc/connect'
import { createServerTransport } from '@zitadel/client/node'
import { createAdminServiceClient, createManagementServiceClient } from '@zitadel/client/v1'
import { createIdpServiceClient, createSettingsServiceClient, createUserServiceClient } from '@zitadel/client/v2'
import { ErrorDetailSchema } from '@zitadel/proto/zitadel/message_pb.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAuthority } from '../peers/tls-authority'
import { type Installation, install } from './installation'
import { anyPort } from './server'
import { config, fresh } from './zitadel-calls'

const authority = createAuthority()
// One for all: the library that reads it is loaded once.
const folder = await mkdtemp(path.join(tmpdir(), 'keybound-grpc-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** ZITADEL's npm clients as they are, over gRPC in clear text and over TLS. */
describe.each([['http'], ['https']])('%s', (scheme) => {
  let here: Installation
  let url: string
  let token: string
  // Its library reads the authorities it trusts when it is loaded.
  let node: typeof import('@zitadel/node/dist/api/index.js')

  beforeAll(async () => {
    const file = async (name: string, text: string) => {
      await writeFile(path.join(folder, name), text)
      return path.join(folder, name)
    }
    const leaf = authority.issue({ names: ['localhost', '127.0.0.1'] })
    process.env.GRPC_DEFAULT_SSL_ROOTS_FILE_PATH = await file('ca.pem', authority.cert)
    const files = { GRPC_TLS_CERT: await file('cert.pem', leaf.cert), GRPC_TLS_KEY: await file('key.pem', leaf.key) }
    here = await install({ GRPC_PORT: anyPort, ...(scheme === 'https' ? files : {}) })
    url = here.grpcUrl.replace('http', scheme)
    token = (await here.actor('admin')).token
    node = await import('@zitadel/node/dist/api/index.js')
  })
  afterAll(() => here.stop())

  const transport = (withToken = token) =>
    createServerTransport(withToken, { baseUrl: url, nodeOptions: { ca: authority.cert } })

  test('@zitadel/node adds, reads, lists, updates, deactivates and removes a provider', async () => {
    const admin = node.createAdminClient(url, node.createAccessTokenInterceptor(token))
    const name = fresh()
    const { idpId, details } = await admin.addJWTIDP({ name, ...config, stylingType: 1, autoRegister: true })
    expect(details?.sequence.toString()).toMatch(/^[1-9]\d*$/)
    expect(details?.creationDate).toBeInstanceOf(Date)
    const { idp } = await admin.getIDPByID({ id: idpId })
    expect(idp).toMatchObject({ id: idpId, name, state: 1, stylingType: 1, autoRegister: true, jwtConfig: config })
    const { result } = await admin.listIDPs({ queries: [{ idpIdQuery: { id: idpId } }] })
    expect(result.map((one) => one.name)).toEqual([name])
    await admin.updateIDPJWTConfig({ idpId, ...config, issuer: 'https://other.example' })
    await admin.deactivateIDP({ idpId })
    const after = (await admin.getIDPByID({ id: idpId })).idp
    expect(after).toMatchObject({ state: 2, jwtConfig: { issuer: 'https://other.example' } })
    await admin.removeIDP({ idpId })
    await expect(admin.getIDPByID({ id: idpId })).rejects.toMatchObject({ code: Code.NotFound })
  })

  test('@zitadel/node is told the code and the text of a refusal', async () => {
    const admin = node.createAdminClient(url, node.createAccessTokenInterceptor(token))
    const { idpId } = await admin.addJWTIDP({ name: fresh(), ...config })
    await expect(admin.updateIDPJWTConfig({ idpId, ...config })).rejects.toMatchObject({
      code: Code.FailedPrecondition,
      details: expect.stringMatching(/ \(INSTANCE-3n9gg\)$/),
    })
    const stranger = node.createAdminClient(url)
    await expect(stranger.getIDPByID({ id: idpId })).rejects.toMatchObject({ code: Code.Unauthenticated })
    await expect(admin.listOrgs({})).rejects.toMatchObject({ code: Code.Unimplemented })
    const auth = node.createAuthClient(url, node.createAccessTokenInterceptor(token))
    await expect(auth.getMyUser({})).rejects.toMatchObject({ code: Code.Unimplemented })
  })

  test("@zitadel/node's organization, user and settings clients", async () => {
    const withToken = node.createAccessTokenInterceptor(token)
    const management = node.createManagementClient(url, withToken)
    const { id } = await management.addJWTProvider({ name: fresh(), ...config, providerOptions: undefined })
    const user = node.createUserClient(url, withToken)
    const urls = { successUrl: 'http://127.0.0.1:4000/in', failureUrl: 'http://127.0.0.1:4000/out' }
    const { authUrl } = await user.startIdentityProviderIntent({ idpId: id, urls })
    expect(authUrl).toMatch(/^https:\/\/custom\.com\/auth\/jwt\?authRequestID=/)
    const settings = node.createSettingsClient(url, withToken)
    const { identityProviders } = await settings.getActiveIdentityProviders({})
    expect(identityProviders.map((one) => one.id)).toContain(id)
  })

  test('@zitadel/client over its Node transport: both levels and version 2', async () => {
    const admin = createAdminServiceClient(transport())
    const management = createManagementServiceClient(transport())
    const { idpId } = await management.addOrgJWTIDP({ name: fresh(), ...config })
    expect((await management.getOrgIDPByID({ id: idpId })).idp?.config).toMatchObject({ case: 'jwtConfig' })
    const error = ConnectError.from(await admin.getIDPByID({ id: idpId }).catch((thrown: unknown) => thrown))
    expect(error.code).toBe(Code.NotFound)
    expect(error.findDetails(ErrorDetailSchema)).toMatchObject([{ id: 'QUERY-rhR2o' }])

    const { idp } = await createIdpServiceClient(transport()).getIDPByID({ id: idpId })
    expect(idp?.config?.config).toMatchObject({ case: 'jwt', value: config })
    const { identityProviders } = await createSettingsServiceClient(transport()).getActiveIdentityProviders({})
    expect(identityProviders.map(({ id }) => id)).toContain(idpId)
    const content = {
      case: 'urls' as const,
      value: { successUrl: 'http://127.0.0.1:4000/a', failureUrl: 'http://127.0.0.1:4000/b' },
    }
    const { nextStep } = await createUserServiceClient(transport()).startIdentityProviderIntent({ idpId, content })
    expect(nextStep).toMatchObject({ case: 'authUrl' })
    await management.removeOrgIDP({ idpId })
  })

  test('many calls at once on one connection are all answered', async () => {
    const admin = createAdminServiceClient(transport())
    const { idpId } = await admin.addJWTIDP({ name: fresh(), ...config })
    const answers = await Promise.all(Array.from({ length: 50 }, () => admin.getIDPByID({ id: idpId })))
    expect(answers.every(({ idp }) => idp?.id === idpId)).toBe(true)
  })

  test('a deadline that has passed is DEADLINE_EXCEEDED', async () => {
    const call = createAdminServiceClient(transport()).listIDPs({}, { timeoutMs: 1 })
    await expect(call).rejects.toMatchObject({ code: Code.DeadlineExceeded })
  })
})
