import { bearer, type Client, createClient } from '@/e2e/apis/client'
import { type Database, type Keybound, startKeybound } from '@/e2e/fixtures/keybound'
import { connect, type Db } from '@/lib/db/client'
import type { Subject } from './peers'

export const credentials = { email: 'ada@example.com', password: 'correct horse battery staple' }

/** Our server: the production build, on a database of its own with an organization in it. */
export type Ours = Subject & {
  database: Database
  databaseUrl: string
  /** The identity made by the first set-up. */
  admin: Client
  adminAuthorization: string
  organizationId: string
  db: Db
  stop(): Promise<void>
}

export type OursOptions = {
  database: Database
  /** The first process of PostgreSQL. */
  databasePid: number | null
  /** How many servers share the database. */
  processes?: number
}

/** Settings of every server that is measured; several on one database have one secret. */
export const secret = 'a secret of the bench, as long as it has to be'
export const serverEnv = {
  KEYBOUND_SECRET: secret,
  KEY_FETCH_ALLOWED_ORIGINS: '127.0.0.0/8',
  TRUSTED_PROXY_HOPS: '1',
  // As the peers, which log no requests: a line costs about 9 µs.
  LOG_LEVEL: 'warn',
}

/** Starts the server as `npm start` does. */
export async function startOurs({ database, databasePid, processes = 1 }: OursOptions): Promise<Ours> {
  const first = await startKeybound({ database, env: serverEnv })
  const servers: Keybound[] = [first]
  while (servers.length < processes) {
    servers.push(await startKeybound({ database: 'sqlite', env: { ...serverEnv, DATABASE_URL: first.databaseUrl } }))
  }
  const anyone = createClient(first.baseUrl)
  const { body, status, text } = await anyone.post('/api/v1/admin/bootstrap', { ...credentials, organization: 'Acme' })
  if (status !== 200) throw new Error(text)
  const authorization = bearer(body.identity.credentials.token)
  const db = connect(first.databaseUrl)
  return {
    name: `Keybound, ${databaseNames[database]}${processes > 1 ? ` × ${processes}` : ''}`,
    origins: servers.map(({ baseUrl }) => baseUrl),
    pids: servers.flatMap(({ pid }) => pid() ?? []),
    databasePid: database === 'postgresql' ? databasePid : null,
    database,
    databaseUrl: first.databaseUrl,
    admin: anyone.as(authorization),
    adminAuthorization: authorization.authorization,
    organizationId: body.organization.id,
    db,
    async stop() {
      await db.$disconnect()
      for (const server of servers.reverse()) await server.stop()
    },
  }
}

export const databaseNames: Record<Database, string> = { sqlite: 'SQLite', postgresql: 'PostgreSQL' }

/** Measures a server that is starting, and stops it. */
export async function onServer(starting: Promise<Ours>, act: (ours: Ours) => Promise<void>): Promise<void> {
  const ours = await starting
  try {
    await act(ours)
  } finally {
    await ours.stop()
  }
}
