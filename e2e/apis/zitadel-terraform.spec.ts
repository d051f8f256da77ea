import { Code, ConnectError, type Interceptor } from '@connectrpc/connect'
import { createGrpcTransport } from '@connectrpc/connect-node'
import { createManagementServiceClient } from '@zitadel/client/v1'
import { IDPStylingType } from '@zitadel/proto/zitadel/idp_pb.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Installation, install } from './installation'
import { anyPort } from './server'
import { config, expectError, fresh, idps } from './zitadel-calls'

let here: Installation
let url: string
let token: string

beforeAll(async () => {
  here = await install({ GRPC_PORT: anyPort, ZITADEL_PRECONDITION_STATUS: '400' })
  url = here.grpcUrl
  token = (await here.actor('admin')).token
})
afterAll(() => here.stop())

/** The metadata that zitadel-go sends: the token, and the organization, which is empty where none is set. */
const asProvider =
  (orgId: string): Interceptor =>
  (next) =>
  (request) => {
    request.header.set('authorization', `Bearer ${token}`)
    request.header.set('x-zitadel-orgid', orgId)
    request.header.set('user-agent', 'grpc-go/1.80.0')
    return next(request)
  }
const client = (orgId: string) =>
  createManagementServiceClient(createGrpcTransport({ baseUrl: url, interceptors: [asProvider(orgId)] }))

type State = {
  orgId: string
  name: string
  stylingType: string
  jwtEndpoint: string
  issuer: string
  keysEndpoint: string
  headerName: string
  autoRegister: boolean
}

/** The resource `zitadel_org_idp_jwt` of ZITADEL's Terraform provider: which calls it makes, with what, in which order. */
const resource = {
  async create(state: State): Promise<string> {
    const { orgId, stylingType, ...fields } = state
    const sent = { ...fields, stylingType: styling[stylingType] ?? 0 }
    return (await client(orgId).addOrgJWTIDP(sent)).idpId
  },
  /** Null for what is gone; anything but NOT_FOUND is an error. */
  async read(id: string, orgId: string): Promise<State | null> {
    try {
      const { idp } = await client(orgId).getOrgIDPByID({ id })
      const jwt = idp?.config.case === 'jwtConfig' ? idp.config.value : null
      return {
        orgId: idp?.details?.resourceOwner ?? '',
        name: idp?.name ?? '',
        stylingType: IDPStylingType[idp?.stylingType ?? 0] ?? '',
        jwtEndpoint: jwt?.jwtEndpoint ?? '',
        issuer: jwt?.issuer ?? '',
        keysEndpoint: jwt?.keysEndpoint ?? '',
        headerName: jwt?.headerName ?? '',
        autoRegister: idp?.autoRegister ?? false,
      }
    } catch (error) {
      if (ConnectError.from(error).code === Code.NotFound) return null
      throw error
    }
  },
  /** Two calls, each only where one of its fields has changed. */
  async update(id: string, before: State, after: State): Promise<void> {
    const has = (...names: (keyof State)[]) => names.some((name) => before[name] !== after[name])
    const { orgId, name, stylingType, autoRegister, jwtEndpoint, issuer, keysEndpoint, headerName } = after
    if (has('name', 'stylingType', 'autoRegister')) {
      await client(orgId).updateOrgIDP({ idpId: id, name, stylingType: styling[stylingType] ?? 0, autoRegister })
    }
    if (has('jwtEndpoint', 'issuer', 'keysEndpoint', 'headerName')) {
      await client(orgId).updateOrgIDPJWTConfig({ idpId: id, jwtEndpoint, issuer, keysEndpoint, headerName })
    }
  },
  delete: (id: string, orgId: string) => client(orgId).removeOrgIDP({ idpId: id }),
}
const styling: Record<string, IDPStylingType> = { STYLING_TYPE_UNSPECIFIED: 0, STYLING_TYPE_GOOGLE: 1 }

const desired = (fields: Partial<State> = {}): State => ({
  orgId: here.organizationId,
  name: fresh(),
  stylingType: 'STYLING_TYPE_UNSPECIFIED',
  jwtEndpoint: 'https://jwtendpoint.com/jwt',
  issuer: 'https://google.com',
  keysEndpoint: 'https://jwtendpoint.com/keys',
  headerName: 'x-auth-token',
  autoRegister: false,
  ...fields,
})

describe('zitadel_org_idp_jwt', () => {
  test('is created, and a plan right after finds nothing to do', async () => {
    const state = desired()
    const id = await resource.create(state)
    expect(await resource.read(id, state.orgId)).toEqual(state)
  })

  test.each<[string, Partial<State>]>([
    ['its name', { name: 'renamed' }],
    ['its styling', { stylingType: 'STYLING_TYPE_GOOGLE' }],
    ['its registration', { autoRegister: true }],
    ['its addresses', { jwtEndpoint: 'https://other.example/jwt', keysEndpoint: 'https://other.example/keys' }],
    ['its issuer and header', { issuer: 'https://other.example', headerName: 'authorization' }],
    ['all of it', { name: 'all new', autoRegister: true, issuer: 'https://all.example', headerName: 'x-token' }],
  ])('is updated in %s, and a plan finds nothing more to do', async (_, fields) => {
    const before = desired()
    const id = await resource.create(before)
    const after = { ...before, ...fields }
    await resource.update(id, before, after)
    expect(await resource.read(id, before.orgId)).toEqual(after)
    await resource.delete(id, before.orgId)
  })

  test('a change made elsewhere is found by the next plan', async () => {
    const state = desired()
    const id = await resource.create(state)
    await here.admin.put(`/management/v1/idps/${id}/jwt_config`, { ...state, issuer: 'https://drifted.example' })
    expect(await resource.read(id, state.orgId)).toEqual({ ...state, issuer: 'https://drifted.example' })
  })

  test('one that was removed elsewhere is missing in the next plan', async () => {
    const state = desired()
    const id = await resource.create(state)
    await here.admin.delete(`/management/v1/idps/${id}`)
    expect(await resource.read(id, state.orgId)).toBeNull()
  })

  test('is destroyed', async () => {
    const state = desired()
    const id = await resource.create(state)
    await resource.delete(id, state.orgId)
    expect(await resource.read(id, state.orgId)).toBeNull()
  })

  test('without an organization it is made in that of the token', async () => {
    const id = await resource.create(desired({ orgId: '' }))
    expect(await resource.read(id, '')).toMatchObject({ orgId: here.organizationId })
  })

  test('in another organization it is refused', async () => {
    const state = desired({ orgId: crypto.randomUUID() })
    await expect(resource.create(state)).rejects.toMatchObject({ code: Code.PermissionDenied })
  })

  test('a name that is taken is ALREADY_EXISTS', async () => {
    const state = desired()
    await resource.create(state)
    await expect(resource.create(state)).rejects.toMatchObject({ code: Code.AlreadyExists })
  })
})

/** The data source `zitadel_org_idps`: pages of 100, ascending, with a name or an owner. */
test('providers are listed page by page, by name and by owner', async () => {
  const prefix = `listed ${crypto.randomUUID()}`
  for (const at of [1, 2, 3]) await resource.create(desired({ name: `${prefix} ${at}` }))
  const page = (offset: number) =>
    client(here.organizationId).listProviders({
      query: { offset: BigInt(offset), limit: 2, asc: true },
      queries: [
        { query: { case: 'idpNameQuery', value: { name: prefix, method: 2 } } },
        { query: { case: 'ownerTypeQuery', value: { ownerType: 2 } } },
      ],
    })
  const pages = [await page(0), await page(2)]
  expect(pages.flatMap(({ result }) => result.map(({ name }) => name))).toEqual(
    [1, 2, 3].map((at) => `${prefix} ${at}`),
  )
  expect(pages.map(({ details }) => details?.totalResult)).toEqual([3n, 3n])
})

test('with ZITADEL_PRECONDITION_STATUS=400 no change is 400, and the code is 9 as ever', async () => {
  const { body } = await here.admin.post(`${idps}/jwt`, { name: fresh(), ...config })
  expectError(await here.admin.put(`${idps}/${body.idpId}/jwt_config`, config), {
    status: 400,
    code: 9,
    id: 'INSTANCE-3n9gg',
  })
})
