import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Db } from '@/lib/db/client'
import type { Keybound } from '../fixtures/keybound'
import { type Answer, bearer, type Client, createClient } from './client'
import { anyPort, ownServer, sharedServer } from './server'

export const credentials = { email: 'ada@example.com', password: 'correct horse battery staple' }

/** A server with an organization, its admin (a person and an identity), and a look into its database. */
export type Installation = {
  keybound: Keybound
  anonymous: Client
  /** The admin identity made by bootstrap. */
  admin: Client
  organizationId: string
  /** The address that the clients' requests are recorded under. */
  ip: string
  db: Db
  /** Where gRPC is served over HTTP/2 in clear text, where it is. */
  grpcUrl: string
  /** An identity with a role, and a client with a token of its own. */
  actor(role: string, name?: string): Promise<{ id: string; client: Client; token: string }>
  identity(fields?: Record<string, unknown>): Promise<string>
  /** How many rows every table has; entries of refused acts are not counted: they are no change. */
  rows(): Promise<Record<string, number>>
  /** Whether a text is anywhere in the database. */
  holds(text: string): Promise<boolean>
  /** An identity of an organization that is not the admin's. */
  stranger(): Promise<string>
  stop(): Promise<void>
}

export const metricsToken = 'a-token-for-the-metrics'

/** Settings that several files have, or some of them; each worker runs one server for all of them. */
const sharedSettings: Record<string, string>[] = [
  {},
  { KEY_FETCH_ALLOWED_ORIGINS: '127.0.0.0/8', METRICS_TOKEN: metricsToken, GRPC_PORT: anyPort },
]

/**
 * An organization of its own on a server with these settings, and with more where files share it.
 * @param options.own a server that no other file uses, for tests that restart it or exhaust what it allows one process
 * @param options.hasQuickPasswords false for tests of what a wrong password costs (fixtures/quick-passwords.cjs); then with `own`
 * @param options.hasQuickRounds for tests that wait for background work (fixtures/quick-rounds.cjs); then with `own`
 */
export async function install(
  env: Record<string, string> = {},
  { own = false, hasQuickPasswords = true, hasQuickRounds = false } = {},
): Promise<Installation> {
  const has = (known: Record<string, string>) => Object.entries(env).every(([name, value]) => known[name] === value)
  const shared = own ? undefined : sharedSettings.find(has)
  const server = await (shared ? sharedServer(shared) : ownServer(env, { hasQuickPasswords, hasQuickRounds }))
  const { keybound, db, address, grpcPort, stop } = server
  const anonymous = createClient(keybound.baseUrl, {}, address ? { 'x-forwarded-for': address } : {})
  const answer = await anonymous.post('/api/v1/admin/bootstrap', { ...credentials, organization: 'Acme' })
  expect(answer.status, answer.text).toBe(200)
  const admin = anonymous.as(bearer(answer.body.identity.credentials.token))
  const organizationId: string = answer.body.organization.id

  const identity = async (fields: Record<string, unknown> = {}) => {
    const made = await admin.post('/api/v1/identities', { name: `agent ${randomUUID()}`, organizationId, ...fields })
    expect(made.status, made.text).toBe(200)
    return made.body.identity.id as string
  }
  return {
    keybound,
    anonymous,
    admin,
    organizationId,
    ip: address ?? '127.0.0.1',
    db,
    grpcUrl: `http://127.0.0.1:${grpcPort}`,
    identity,
    async actor(role, name = `${role} ${randomUUID()}`) {
      const id = await identity({ name, role })
      const token = await issueToken(admin, id)
      return { id, token, client: anonymous.as(bearer(token)) }
    },
    rows: () => rowsOf(db),
    holds: (text) => isStored(db, text),
    stranger: () => strangerIn(db),
    stop,
  }
}

/** Attaches Token Auth if need be, and answers a token. */
export async function issueToken(admin: Client, id: string, grant: Record<string, unknown> = {}): Promise<string> {
  await admin.post(`/api/v1/auth/token-auth/identities/${id}`, grant)
  const issued = await admin.post(`/api/v1/auth/token-auth/identities/${id}/tokens`, {})
  expect(issued.status, issued.text).toBe(200)
  return issued.body.accessToken
}

export const jwtAuthPath = (identityId: string) => `/api/v1/auth/jwt-auth/identities/${identityId}`

/** Attaches JWT Auth to a new identity and answers its id. */
export async function attached(installation: Installation, config: Record<string, unknown>): Promise<string> {
  const id = await installation.identity()
  const answer = await installation.admin.post(jwtAuthPath(id), config)
  expect(answer.status, answer.text).toBe(200)
  return id
}

export const login = (client: Client, identityId: string, jwt: unknown): Promise<Answer> =>
  client.post('/api/v1/auth/jwt-auth/login', { identityId, jwt })

/** The envelope of every refusal, exactly as the seed's document has it (`additionalProperties: false`). */
export function expectEnvelope({ status, body, headers }: Answer, expected: { status: number; error: string }) {
  expect({ status, error: body.error }, JSON.stringify(body)).toEqual(expected)
  expect(headers.get('content-type')).toMatch(/^application\/json/)
  const { details, ...rest } = body
  if (status !== 400 && status !== 403) expect(details).toBeUndefined()
  expect(rest).toEqual({
    reqId: expect.stringMatching(/^req-[A-Za-z0-9]{14}$/),
    statusCode: status,
    message: status === 422 ? expect.any(Array) : expect.any(String),
    error: expected.error,
  })
}

/** The wrong fields of a 422, as dotted paths. */
export function wrongFields(answer: Answer): string[] {
  expectEnvelope(answer, { status: 422, error: 'ValidationFailure' })
  for (const issue of answer.body.message) {
    expect(issue).toEqual({ code: expect.any(String), path: expect.any(Array), message: expect.any(String) })
  }
  return answer.body.message.map((issue: { path: (string | number)[] }) => issue.path.join('.'))
}

const tables = [
  'organization',
  'membership',
  'user',
  'session',
  'account',
  'identity',
  'trust',
  'findingMute',
  'tokenAuth',
  'accessToken',
  'signingKey',
  'tokenInbox',
  'decision',
  'auditEntry',
  'installation',
  'keySourceState',
  'keySourceEvent',
  'keySourceKey',
  'keySourceDay',
] as const

/** What is written of key sources beside an act, when they answer or do not, is no change the act made. */
const isRecordOfSources = (table: string) => table.startsWith('keySource')

async function rowsOf(db: Db): Promise<Record<string, number>> {
  const counted = tables.filter((table) => !isRecordOfSources(table))
  const counts = await Promise.all(counted.map(async (name) => [name, await countOf(db, name)] as const))
  return Object.fromEntries(counts)
}

const countOf = (db: Db, table: (typeof tables)[number]) =>
  table === 'auditEntry'
    ? db.auditEntry.count({ where: { action: { not: 'access.refused' } } })
    : (db[table] as unknown as { count(): Promise<number> }).count()

/** Whether a text stands anywhere in the database. */
export async function isStored(db: Db, text: string): Promise<boolean> {
  return (await textsOf(db)).some((stored) => stored.includes(text))
}

/** Every row of every table as text. */
async function textsOf(db: Db): Promise<string[]> {
  const rows = await Promise.all(
    tables.map((name) => (db[name] as unknown as { findMany(): Promise<object[]> }).findMany()),
  )
  return rows.flat().flatMap((row) => Object.values(row).map(String))
}

async function strangerIn(db: Db): Promise<string> {
  const organizationId = randomUUID()
  const id = randomUUID()
  await db.organization.create({ data: { id: organizationId, name: 'Others', slug: organizationId } })
  await db.identity.create({ data: { id, organizationId, name: 'stranger', role: 'member' } })
  return id
}
