import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { bothDatabases, withPartitions } from '@/e2e/fixtures/both-databases'
import { fillDatabase, from, idOf, organizationId } from '@/e2e/fixtures/many-rows'
import { watchedClient } from '@/e2e/fixtures/query-plans'
import { newRequestId } from '@/lib/ids'
import type { Context } from '@/lib/services/context'
import { bounds } from '@/lib/services/offset-page'
import { apis } from '.'
import type { Operation } from './api'

type Call = { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }

const [identityId, userId] = [idOf('1', 1), idOf('5', 1)]
const now = new Date('2026-03-01T12:00:00.000Z')
const at = '2026-01-10T00:00:00.000Z'
const between = { from: '2026-01-05T00:00:00Z', to: at }
const place = (...values: unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url')
const id = idOf('1', 9)

const idpSearches: Call[] = [
  { body: {} },
  { body: { query: { offset: '900', limit: 50, asc: true }, queries: [{ idpNameQuery: { name: 'ci 1' } }] } },
]

/** How each operation that answers a list is asked: every filter and order that it has, on the first page and further on. */
const lists: Record<string, Call[]> = {
  'admin.listIdentities': [
    ...['name', 'role', 'createdAt', 'lastLoginAt'].flatMap((sort) =>
      ['asc', 'desc'].flatMap((direction) => [
        { query: { sort, direction } },
        { query: { sort, direction, role: 'member', offset: 1_000 } },
        { query: { sort, direction, search: '0_7%' } },
      ]),
    ),
    ...[{ lastLogin: 'never' }, { lastLogin: 'over-30-days', sort: 'lastLoginAt' }].map((query) => ({ query })),
    { query: { method: 'token', limit: 50 } },
    { query: { name: 'ci 7919' } },
    { query: { search: id } },
    { query: { sort: 'name', cursor: place(0, 'ci 50000', id) } },
    { query: { sort: 'role', cursor: place(2, 'ci 50000', id) } },
    { query: { sort: 'createdAt', direction: 'desc', cursor: place(0, at, id) } },
    { query: { sort: 'lastLoginAt', cursor: place(0, at, id) } },
    { query: { sort: 'lastLoginAt', cursor: place(1, id) } },
    { query: { search: '7', role: 'admin', cursor: place(0, 'ci 50000', id) } },
  ],
  'infisical-identities.list': [{ query: {} }],
  'infisical-identities.search': [
    { body: {} },
    { body: { orderBy: 'role', orderDirection: 'desc', offset: 2_000 } },
    { body: { search: { name: { $eq: 'ci 7919' }, role: 'member' } } },
    { body: { search: { name: { $contains: '99' }, $or: [{ role: 'admin' }, { name: { $in: ['ci 7919'] } }] } } },
    { body: { search: { role: { $in: ['admin', 'member'] } } } },
  ],
  'infisical-identities.listOfOrganization': [
    { params: { orgId: organizationId } },
    { params: { orgId: organizationId }, query: { orderBy: 'role', search: 'ci', offset: 500 } },
  ],
  'infisical-token-auth.listTokens': [{ params: { identityId } }, { params: { identityId }, query: { offset: 20 } }],
  'nativeframe-issuers.list': [{ query: {} }, { query: { offset: 3_000 } }, { query: { project: 'all' } }],
  'zitadel-admin-idps.listIDPs': idpSearches,
  'zitadel-admin-idps.listProviders': idpSearches,
  'zitadel-admin-idps.listLoginPolicyIDPs': [{ body: {} }],
  'zitadel-management-idps.listIDPs': idpSearches,
  'zitadel-management-idps.listProviders': idpSearches,
  'zitadel-management-idps.listLoginPolicyIDPs': [{ body: {} }],
  'zitadel-intents.listIDPLinks': [
    { params: { userId }, body: {} },
    { params: { userId }, body: { query: { offset: '1000', limit: 100, asc: true } } },
  ],
  'zitadel-intents.getActiveIdentityProviders': [{ query: {} }],
  'admin.listOwnSessions': [{}],
  'admin.listMemberSessions': [{ params: { userId } }],
  'admin.listSignInProviders': [{}],
  'admin.getOverview': [{}],
  'admin.getRetention': [{}],
  'admin.listIdentityControllers': [{ params: { identityId } }],
  'admin.listMemberLinks': [{ params: { userId } }],
  'admin.listMemberControllers': [{ params: { userId } }],
  'admin.getHoldings': [{ params: { userId } }],
  'admin.listKeySources': [
    { query: {} },
    { query: { limit: 50, offset: 1_000 } },
    { query: { limit: 50, cursor: place(0, 'https://issuer.example/3', idOf('d', 3)) } },
    { query: { alarms: 'true', limit: 50 } },
    { query: { strip: 'true', limit: 50 } },
    { query: { alarms: 'true', limit: 50, cursor: place(0, 'https://issuer.example/3', idOf('d', 3)) } },
    { query: { search: 'example/17', limit: 50 } },
    { query: { search: 'example/17', limit: 50, cursor: place(0, 'https://issuer.example/3', idOf('d', 3)) } },
    { query: { search: 'ab'.repeat(32) } },
  ],
  'admin.getPosture': [{ query: {} }, { query: { limit: 100, severity: 'high' } }, { query: { muted: 'true' } }],
  'admin.countKeySourceAlarms': [{}],
  'admin.listTrusts': [
    { query: {} },
    { query: { after: idOf('2', 15_000) } },
    { query: { method: 'sign-in', after: idOf('4', 2_000) } },
    { query: { method: 'issuer' } },
    { query: { issuer: 'https://issuer.example', after: idOf('2', 15_000) } },
    { query: { issuer: 'https://issuer.example/5' } },
    { query: { issuer: 'https://issuer.example', method: 'sign-in' } },
    { query: { identityId } },
    { query: { identityId, method: 'jwt' } },
    { query: { ids: [idOf('2', 1), idOf('2', 20_000)].join(',') } },
  ],
  'admin.listTrustVersions': [
    { params: { trustId: idOf('2', 1) }, query: {} },
    { params: { trustId: idOf('2', 1) }, query: { before: 900, limit: 20 } },
  ],
  'admin.listTrustRules': [{ query: {} }, { query: { after: idOf('2', 15_000), until: idOf('2', 18_000) } }],
  'admin.listTokens': [
    { query: {} },
    { query: { offset: 9_000 } },
    { query: { cursor: place(0, at, id) } },
    { query: { method: 'oidc' } },
    { query: { method: 'oidc', cursor: place(0, at, id) } },
    { query: { identityId } },
    { query: { identityId, cursor: place(0, at, id) } },
    { query: { identityId, method: 'token' } },
    { query: { identityId, method: 'oidc' } },
  ],
  'admin.listDecoyTokens': [{ params: { identityId } }],
  'admin.listFrozenTrusts': [{}],
  'admin.listPeopleAccess': [{ query: {} }, { query: { cursor: place(0, at, id) } }],
  'admin.listMembers': [{ query: {} }, { query: { cursor: place(0, at, id) } }],
  'admin.listDecisions': [
    ...[{}, between, { owner: 'none' }, { accepted: 'false' }, { reason: 'token_expired' }, { method: 'oidc' }],
    ...[{ identityId }, { identityId, accepted: 'true' }, { search: 'https://issuer.example' }],
    ...[{ search: newRequestId() }, { search: 'ab'.repeat(32) }, { owner: 'none', search: 'x', accepted: 'false' }],
    { reason: 'token_expired', accepted: 'false', ...between },
    // Of an issuer, of a trust of an identity, and of one that is not there.
    ...[{ trustId: idOf('3', 1) }, { trustId: idOf('3', 1), reason: 'token_expired', ...between }],
    ...[{ trustId: idOf('2', 1) }, { trustId: idOf('3', 90_000) }],
  ].flatMap((query) => [{ query }, { query: { ...query, cursor: `${at}~x` } }]),
  'admin.listIncidents': [
    ...[{}, between, { owner: 'none' }, { state: 'open' }, { state: 'open', ...between }, { reason: 'token_expired' }],
    ...[{ identityId }, { identityId, state: 'open' }, { owner: 'none', state: 'open', reason: 'token_expired' }],
  ].flatMap((query) => [{ query }, { query: { ...query, cursor: `${at}~${id}` } }]),
  'admin.getIncident': [{ params: { incidentId: identityId } }],
  'admin.listIncidentRefusals': [
    { params: { incidentId: identityId }, query: {} },
    { params: { incidentId: identityId }, query: { cursor: `${at}~req-00000000015000` } },
  ],
  'admin.listReviews': [
    ...[{}, { state: 'open' }, { state: 'closed' }].map((query) => ({ query })),
    ...[{ cursor: place(0, at, id) }, { state: 'open', cursor: place(1, at, id) }].map((query) => ({ query })),
  ],
  'admin.getReview': [{ params: { reviewId: identityId } }],
  'admin.listReviewItems': [
    ...[
      {},
      { after: 500 },
      { decision: 'kept' },
      { kind: 'person', after: 300 },
      { kind: 'identity', decision: 'kept' },
    ],
  ].map((query) => ({ params: { reviewId: identityId }, query: { ...query, limit: 100 } })),
  'admin.listStreams': [{}],
  'admin.listStreamDeliveries': [
    { params: { streamId: identityId }, query: {} },
    { params: { streamId: identityId }, query: { before: 900, limit: 20 } },
  ],
  'admin.getAuditLog': [{ query: {} }],
  'admin.listLogCheckpoints': [{ query: {} }, { query: { before: 90_000, limit: 20 } }, { query: { owner: 'none' } }],
  'admin.listAuditEntries': [
    ...[{}, between, { owner: 'none' }, { action: 'trust.updated' }, { action: 'trust' }, { actorKind: 'identity' }],
    ...[{ targetId: identityId }, { targetId: identityId, action: 'session.started' }, { search: identityId }],
    ...[{ search: newRequestId() }, { search: 'ada' }],
  ].flatMap((query) => [{ query }, { query: { ...query, cursor: `${at}~x` } }]),
}

/** Operations with a list in their answer that is none of rows. */
const others = [
  'admin.evidenceKeys',
  'oauth-metadata.authorizationServer',
  'oauth-metadata.openIdConfiguration',
  'admin.publicKeys',
  'admin.lookUpKeys',
  // What is found in one trust.
  ...['admin.analyseTrust', 'admin.compareTrusts', 'admin.recogniseClaims', 'admin.getTrustPosture'],
  // One item of an access review: what changed about it, and what is found in it.
  ...['admin.decideReviewItem', 'admin.decideReviewItems'],
  // Answers as getReview does.
  ...['admin.startReview', 'admin.collectReviewItems', 'admin.updateReview', 'admin.closeReview'],
  // Answers as getRetention does.
  'admin.setRetention',
  // Recovery codes, once.
  ...['admin.confirmSecondFactor', 'admin.renewRecoveryCodes'],
  // The kinds of events of one stream.
  ...['admin.getStream', 'admin.createStream', 'admin.updateStream', 'admin.pauseStream', 'admin.resumeStream'],
  // The grant's addresses.
  ...['admin.getTokenAuth', 'admin.attachTokenAuth'],
  // An identity has one membership.
  'infisical-identities.listMemberships',
]

/** Rows that one statement may read: a page, what is skipped before it and counted beyond it, or compared with a filter. */
const visitedMax = (operation: string, { query = {}, body }: Call) => {
  const skipped = Number(query.offset ?? JSON.stringify(body ?? {}).match(/"offset":"?(\d+)/)?.[1] ?? 0)
  return (boundOf[operation] ?? 2_500) + skipped
}
const boundOf: Record<string, number> = {
  // These count: up to 10 000 of what there is, and up to 50 000 of what is kept.
  ...{ 'admin.getOverview': 10_000, 'admin.getRetention': 50_000 },
  // Fifty sources, each with ninety days.
  'admin.listKeySources': 5_000,
  // Trusts are counted up to 5000, for a sign that one was removed.
  'admin.getPosture': 7_500,
  // Providers that are not offered are passed over, up to 5000.
  'admin.listSignInProviders': 5_000,
  // Of an end of an index range PostgreSQL expects few rows, and sorts those of up to a few thousand.
  'nativeframe-issuers.list': 5_000,
  // Each link is read with its trust.
  'zitadel-intents.listIDPLinks': 5_000,
}

const operations = new Map<string, Operation>(
  apis.flatMap((api) => Object.entries(api.operations).map(([name, operation]) => [`${api.name}.${name}`, operation])),
)

test('every operation that answers a list is among those whose statements are looked at', () => {
  const found = [...operations].flatMap(([name, { success }]) =>
    success.schema && hasList(success.schema) ? [name] : [],
  )
  const looked = [...Object.keys(lists), ...others]
  expect(found.filter((name) => !looked.includes(name))).toEqual([])
  expect(looked.filter((name) => !operations.has(name))).toEqual([])
})

/** Lists of rows, which are objects. */
function hasList(schema: z.ZodType): boolean {
  const { properties = {} } = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'output' })
  return Object.values(properties).some((property) => typeof property === 'object' && property.type === 'array')
}

const databases = bothDatabases({ from, to: new Date('2026-03-01') })
/** Those that read decisions: the others have the same plans where those are partitioned. */
const ofDecisions = ['admin.listDecisions', 'admin.getIncident', 'admin.listIncidentRefusals', 'admin.getRetention']
const ownTables = ['Decision', 'Incident', 'IncidentRefusal', 'AuditEntry', 'User', 'Membership', 'Session']

describe.each(withPartitions)('on %s', (name) => {
  const isPartitioned = name === 'partitioned'
  let client: ReturnType<typeof watchedClient>
  beforeAll(async () => {
    // A window that is small beside the tables, as the real one is beside big ones.
    Object.assign(bounds, { comparedRows: 500, comparedRecords: 500 })
    const [kind, only] = isPartitioned ? (['postgresql', ownTables] as const) : [name, undefined]
    await fillDatabase(databases.client(name), kind, only)
    client = watchedClient(databases.url(name))
  })
  afterAll(() => client.db.$disconnect())

  const ctx = () =>
    ({
      ...{ db: client.db, now: () => now, requestId: newRequestId(), ip: null, userAgent: null, organizationId },
      actor: { kind: 'user', id: userId, name: 'Ada', role: 'admin', sessionId: idOf('7', 2) },
    }) as unknown as Context

  const calls = Object.entries(lists).flatMap(([operation, asked]) =>
    isPartitioned && !ofDecisions.includes(operation)
      ? []
      : asked.map((call): [string, string, Call] => [operation, JSON.stringify(call), call]),
  )
  test.each(calls)('every statement of a list reads one index range, bounded: %s %s', async (operation, _, call) => {
    const statements = await client.statementsOf(() => run(operation, call, ctx()))
    expect(statements.length).toBeGreaterThan(0)
    // Many pages send some statements again, as they were.
    const different = new Map(statements.map((statement) => [JSON.stringify(statement), statement]))
    for (const statement of different.values()) {
      const faults = await client.faultsOf(statement, visitedMax(operation, call))
      expect(faults, statement.query).toEqual([])
    }
  })

  const everyPage = calls.filter(([operation, , { query }]) => query && takesLimit(operation))
  // The code decides how many statements it sends, whatever the database: PostgreSQL is asked for one list of each operation.
  const isFirst = ([operation]: (typeof calls)[number], at: number) =>
    everyPage.findIndex(([other]) => other === operation) === at
  const inPages = name === 'sqlite' ? everyPage : everyPage.filter(isFirst)
  test.each(inPages)('the statements of a list do not grow with its page: %s %s', async (operation, _, call) => {
    const ofPage = async (limit: number) =>
      (await client.statementsOf(() => run(operation, { ...call, query: { ...call.query, limit } }, ctx()))).length
    expect(await ofPage(90)).toBeLessThanOrEqual(await ofPage(9))
  })
})

/** Whether an operation has pages of so many rows. */
const takesLimit = (name: string) => operations.get(name)?.query?.safeParse({ limit: 90 }).success === true

function run(name: string, { params, query = {}, body }: Call, ctx: Context) {
  const operation = operations.get(name)
  if (!operation) throw new Error(`There is no operation ${name}.`)
  return operation.run(ctx, {
    params: operation.params?.parse(params),
    query: operation.query?.parse(query),
    body: operation.body?.parse(body),
    headers: new Headers(),
  })
}
