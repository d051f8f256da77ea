import type { JsonObject } from '@bufbuild/protobuf'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Installation, install } from './installation'
import { anyPort } from './server'
import { config, fresh, ok } from './zitadel-calls'
import { type Served, servedMethods, type Wire, wires, withoutChance } from './zitadel-wires'

let here: Installation
let rest: Wire
let others: Wire[]
let tokens: Record<'admin' | 'auditor' | 'no-access', string>
const served = await servedMethods()

beforeAll(async () => {
  here = await install({ GRPC_PORT: anyPort })
  ;({ rest, others } = wires(here))
  const tokenOf = async (role: string) => (await here.actor(role)).token
  tokens = { admin: await tokenOf('admin'), auditor: await tokenOf('auditor'), 'no-access': await tokenOf('no-access') }
})
afterAll(() => here.stop())

const unknownId = '3f6c7a0e-6a4f-4c1e-9a52-0d0f3f2b7f11'

/** A message that names everything by `id`. */
const naming = ({ operation, method }: Served, id: string): JsonObject => {
  const named = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const fields = method.input.fields.map(({ jsonName }) => jsonName)
  return Object.fromEntries(named.map((name) => [fields.includes(name) ? name : 'id', id]))
}

type Prepare = () => Promise<JsonObject> | JsonObject

/** The same question by REST and by other wires; each is asked about a thing of its own that `prepare` makes. */
async function sameOutcome(one: Served, token: string | null, prepare: Prepare, by: readonly Wire[]) {
  const expected = withoutChance(await rest.ask(one, token, await prepare()))
  for (const wire of by) {
    const outcome = withoutChance(await wire.ask(one, token, await prepare()))
    expect(outcome, `${wire.name} ${one.rpc.name}/${one.method.name}`).toEqual(expected)
  }
  return expected
}

/** One wire for each question, all of them in turn: what a wire does to a kind of answer is asked of every wire below. */
const inTurn = (at: number): Wire => others[at % others.length] as Wire

const every = served.map((one, at): [string, Served, number] => [`${one.rpc.name}/${one.method.name}`, one, at])

describe('every method is refused as its operation is over REST', () => {
  test.each(every)('%s', async (_, one, at) => {
    const message = naming(one, unknownId)
    expect(await inTurn(at).ask(one, null, message)).toMatchObject({ code: 16 })
    expect(await inTurn(at + 1).ask(one, tokens['no-access'], message)).toMatchObject({ code: 7 })
    const isRead = /^(get|list|start|retrieve)/i.test(one.name)
    if (!isRead) expect(await inTurn(at + 2).ask(one, tokens.auditor, message)).toMatchObject({ code: 7 })
    const asAdmin = await sameOutcome(one, tokens.admin, () => message, [inTurn(at + 3)])
    if (one.operation.params) expect(asAdmin).toHaveProperty('code')
  })
})

const isOrganization = ({ rpc }: Served) => rpc.name.includes('management')
const base = (one: Served) => (isOrganization(one) ? '/management/v1/idps' : '/admin/v1/idps')
const add = async (one: Served): Promise<string> =>
  (await ok(here.admin.post(`${base(one)}/jwt`, { name: fresh(), ...config }))).idpId
const person = async (): Promise<string> => {
  const email = `${crypto.randomUUID()}@example.com`
  const sent = { email, name: 'Gigi', password: 'a long enough password', role: 'auditor' }
  return (await here.admin.post('/api/admin/members', sent)).body.id
}
const linked = async (one: Served) => {
  const [userId, idpId, linkedUserId] = [await person(), await add(one), `subject ${crypto.randomUUID()}`]
  await ok(here.admin.post(`/v2/users/${userId}/links`, { idpLink: { idpId, userId: linkedUserId } }))
  return { userId, idpId, linkedUserId }
}
const changed = { ...config, issuer: 'https://other.example' }
const options = { isAutoCreation: true, autoLinking: 'AUTO_LINKING_OPTION_EMAIL' }
const urls = { successUrl: 'http://127.0.0.1:4000/in', failureUrl: 'http://127.0.0.1:4000/out' }

/** What is asked of each operation, about a provider that was made for it. Some are asked more than once. */
const questions: Record<string, ((one: Served) => Promise<JsonObject> | JsonObject)[]> = {
  addJWTIDP: [() => ({ name: fresh(), ...config, stylingType: 'STYLING_TYPE_GOOGLE', autoRegister: true })],
  getIDPByID: [async (one) => ({ id: await add(one) })],
  listIDPs: [
    async (one) => ({ queries: [{ idpIdQuery: { id: await add(one) } }], sortingColumn: 'IDP_FIELD_NAME_NAME' }),
    () => ({ query: { offset: '18446744073709551615', limit: 5, asc: true } }),
    () => ({ queries: [{}] }),
  ],
  updateIDP: [
    async (one) => ({ idpId: await add(one), name: fresh(), stylingType: 1 }),
    async (one) => ({ idpId: await add(one), name: '' }),
  ],
  updateIDPJWTConfig: [
    async (one) => ({ idpId: await add(one), ...changed }),
    async (one) => ({ idpId: await add(one), ...changed, headerName: '' }),
    // Nothing changes.
    async (one) => ({ idpId: await add(one), ...config }),
    async (one) => ({ idpId: await add(one), ...changed, issuer: 'x'.repeat(201) }),
  ],
  deactivateIDP: [async (one) => ({ idpId: await add(one) })],
  reactivateIDP: [async (one) => ({ idpId: await add(one) })],
  removeIDP: [async (one) => ({ idpId: await add(one) })],
  addJWTProvider: [
    () => ({ name: fresh(), ...config, providerOptions: options, audience: 'keybound' }),
    () => ({ name: fresh(), ...config, providerOptions: { autoLinking: 9 } }),
  ],
  updateJWTProvider: [
    async (one) => ({ id: await add(one), name: 'renamed', ...changed, audience: 'keybound' }),
    async (one) => ({ id: await add(one), name: 'renamed', ...changed, jwtEndpoint: 'nowhere' }),
  ],
  getProviderByID: [async (one) => ({ id: await add(one) })],
  listProviders: [async (one) => ({ query: { asc: true }, queries: [{ idpIdQuery: { id: await add(one) } }] })],
  deleteProvider: [async (one) => ({ id: await add(one) })],
  addIDPToLoginPolicy: [async (one) => ({ idpId: await add(one) }), () => ({ idpId: '' })],
  removeIDPFromLoginPolicy: [async (one) => ({ idpId: await add(one) })],
  listLoginPolicyIDPs: [() => ({ query: { limit: 3, asc: true } })],
  getIdp: [async (one) => ({ id: await add(one) })],
  getActiveIdentityProviders: [
    () => ({}),
    () => ({ ctx: { orgId: here.organizationId } }),
    () => ({ ctx: { instance: true } }),
  ],
  startIntent: [async (one) => ({ idpId: await add(one), urls }), async (one) => ({ idpId: await add(one) })],
  retrieveIntent: [() => ({ idpIntentId: unknownId, idpIntentToken: 'x' }), () => ({ idpIntentId: unknownId })],
  addIDPLink: [
    async (one) => ({ userId: await person(), idpLink: { idpId: await add(one), userId: 'sub', userName: 'gigi' } }),
    async () => ({ userId: await person() }),
  ],
  listIDPLinks: [async (one) => ({ userId: (await linked(one)).userId, query: { limit: 1 } })],
  removeIDPLink: [(one) => linked(one)],
}

describe('every method answers as its operation does over REST', () => {
  test.each(every)('%s', async (_, one, at) => {
    const asked = questions[one.name] ?? []
    expect(asked, 'There is nothing to ask of it.').not.toEqual([])
    const outcomes = []
    for (const [index, question] of asked.entries()) {
      outcomes.push(await sameOutcome(one, tokens.admin, () => question(one), [inTurn(at + index)]))
    }
    if (!['retrieveIntent', 'reactivateIDP'].includes(one.name)) {
      expect(outcomes).toContainEqual({ message: expect.anything() })
    }
  })
})

describe('every kind of answer is the same in every protocol', () => {
  const method = (name: string) => served.find((one) => one.name === name && !isOrganization(one)) as Served
  const update = method('updateIDPJWTConfig')
  const taken = fresh()

  test.each<[string, Served, keyof typeof tokens | null, Prepare, object]>([
    [
      'a message',
      update,
      'admin',
      async () => ({ idpId: await add(update), ...changed }),
      { message: expect.anything() },
    ],
    ['a list with numbers of 64 bits', method('listProviders'), 'auditor', () => ({}), { message: expect.anything() }],
    ['a wrong field', update, 'admin', async () => ({ idpId: await add(update), ...changed, issuer: '' }), { code: 3 }],
    ['nothing of that id', update, 'admin', () => ({ idpId: unknownId, ...changed }), { code: 5 }],
    ['a name that is taken', method('addJWTIDP'), 'admin', () => ({ name: taken, ...config }), { code: 6 }],
    ['no permission', update, 'auditor', () => ({ idpId: unknownId, ...changed }), { code: 7 }],
    ['no change', update, 'admin', async () => ({ idpId: await add(update), ...config }), { code: 9 }],
    ['no token', update, null, () => ({ idpId: unknownId, ...changed }), { code: 16 }],
  ])('%s', async (_, one, who, prepare, expected) => {
    if (one.name === 'addJWTIDP') await ok(here.admin.post('/admin/v1/idps/jwt', { name: taken, ...config }))
    const token = who === null ? null : tokens[who]
    expect(await sameOutcome(one, token, prepare, others)).toMatchObject(expected)
  })

  test('a token that is none', async () => {
    expect(await sameOutcome(update, 'nonsense', () => ({ idpId: unknownId }), others)).toMatchObject({ code: 16 })
  })
})
