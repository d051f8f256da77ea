import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { db, disconnect } from '@/lib/db/client'
import { DatabaseError } from '@/lib/db/database-error'
import { databaseProblemOf, problemSentences } from '@/lib/db/database-problem'
import { messageOf } from '@/lib/db/failure-codes'
import { migrate } from '@/lib/db/migrate'
import { type Env, EnvError, env } from '@/lib/env'
import { parseAllowedOrigins } from '@/lib/net/allow-list'
import { startBackground } from '@/lib/server/background'
import { createWebServer } from '@/lib/server/create-web-server'
import { dispatcher } from '@/lib/server/dispatch'
import { drainer } from '@/lib/server/drainer'
import { endpoints, owners } from '@/lib/server/endpoints'
import { enterStaticIssuersAtStart } from '@/lib/server/enter-static-issuers-at-start'
import { GrpcTlsError } from '@/lib/server/grpc-tls'
import { ListenError, listen } from '@/lib/server/listen'
import { listener, type Pages } from '@/lib/server/listener'
import { readStaticIssuers, StaticIssuersError } from '@/lib/server/read-static-issuers'
import { requireSigningKey } from '@/lib/server/require-signing-key'
import { dispatchCall } from '@/lib/server/rpc/dispatch-call'
import { securityHeaders } from '@/lib/server/security-headers'
import { startGrpc } from '@/lib/server/start-grpc'
import { surviveStrays } from '@/lib/server/survive-strays'
import { fillKeySources } from '@/lib/services/key-source/sweep-trusts'

/** Open connections; a file descriptor and some kilobytes each. */
const connectionsMax = 4_000
const connectionsPerAddressMax = 1_000

const isDevelopment = process.argv.includes('--dev')

surviveStrays()
start().catch((error: unknown) => {
  console.error(startProblem(error))
  process.exit(1)
})

/** One sentence for what the operator can change; anything else whole. */
function startProblem(error: unknown): unknown {
  const expected = [EnvError, DatabaseError, ListenError, GrpcTlsError, StaticIssuersError]
  if (error instanceof Error && expected.some((kind) => error instanceof kind)) return error.message
  const problem = databaseProblemOf(error)
  return problem ? `${problemSentences[problem]} (${messageOf(error)}); check DATABASE_URL and the database.` : error
}

async function start(): Promise<void> {
  // React and Next choose their builds by this when they are loaded.
  Object.assign(process.env, { NODE_ENV: isDevelopment ? 'development' : 'production' })
  // Whatever is made here (database, its log, the secret) is for this user alone.
  process.umask(0o077)
  const settings = env()
  parseAllowedOrigins(settings.KEY_FETCH_ALLOWED_ORIGINS)
  const staticIssuers = readStaticIssuers(settings.KEYBOUND_STATIC_ISSUERS)
  await migrate(settings.DATABASE_URL)
  await requireSigningKey(db(), settings)
  await fillKeySources({ db: db(), holder: randomUUID() })
  await enterStaticIssuersAtStart(staticIssuers)

  const dispatchOperation = dispatcher(endpoints(), owners())
  const onRequest = listener({
    dispatch: async (...call) => (await dispatchCall(...call)) || dispatchOperation(...call),
    pages: await nextPages(settings),
    headers: securityHeaders(settings.PUBLIC_URL.startsWith('https:')),
    trustedProxyHops: settings.TRUSTED_PROXY_HOPS,
    isDevelopment,
  })
  const server = createWebServer(onRequest, {
    connectionsMax,
    // Behind a proxy every connection comes from its address.
    connectionsPerKeyMax: settings.TRUSTED_PROXY_HOPS > 0 ? connectionsMax : connectionsPerAddressMax,
  })
  const drain = drainer(server)
  await listen(server, settings.PORT, settings.HOST)
  const grpc = await startGrpc(settings)
  const stopBackground = startBackground()
  stopOnSignals(() => Promise.all([drain(), grpc?.drain(), stopBackground()]))
  if (grpc) console.log(`gRPC is served at ${grpc.where}.`)
  console.log(`Keybound is ready at ${settings.PUBLIC_URL} (${where(settings)}).`)
}

async function nextPages(settings: Env): Promise<Pages> {
  const { default: next } = await import('next')
  // Next listens for upgrades on the server it is given, or else on the one that a request came by; a connection that is
  // upgraded there would stay open for good. In production it is given one that never listens.
  const forUpgrades = isDevelopment ? {} : { httpServer: createServer() }
  const app = next({ dev: isDevelopment, hostname: settings.HOST, port: settings.PORT, ...forUpgrades })
  await app.prepare()
  return app.getRequestHandler()
}

/** The first signal lets running requests finish, the second ends at once. */
function stopOnSignals(finish: () => Promise<unknown>): void {
  let stoppedAt: number | null = null
  const stop = async () => {
    // Under npm one Ctrl-C arrives twice: from the terminal and from npm.
    if (stoppedAt !== null && performance.now() - stoppedAt < 500) return
    if (stoppedAt !== null) process.exit(1)
    stoppedAt = performance.now()
    await finish()
    await disconnect()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

const where = ({ database, DATABASE_URL }: Env) =>
  database === 'sqlite' ? DATABASE_URL.slice('file:'.length) : `PostgreSQL at ${new URL(DATABASE_URL).host}`
