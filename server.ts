import cluster from 'node:cluster'
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { db, disconnect } from '@/lib/db/client'
import { DatabaseError } from '@/lib/db/database-error'
import { databaseProblemOf, problemSentences } from '@/lib/db/database-problem'
import { messageOf } from '@/lib/db/failure-codes'
import { loginStoreOf } from '@/lib/db/login-store/stores'
import { migrate } from '@/lib/db/migrate'
import { type Env, EnvError, env } from '@/lib/env'
import { parseAllowedOrigins } from '@/lib/net/allow-list'
import { requireProxySettings } from '@/lib/net/egress-proxy'
import { startBackground } from '@/lib/server/background'
import { createWebServer } from '@/lib/server/create-web-server'
import { dispatcher } from '@/lib/server/dispatch'
import { drainer } from '@/lib/server/drainer'
import { endProcess } from '@/lib/server/end-process'
import { endpoints, owners } from '@/lib/server/endpoints'
import { enterStaticIssuersAtStart } from '@/lib/server/enter-static-issuers-at-start'
import { followReplicaOf } from '@/lib/server/follow-replica'
import { GrpcTlsError } from '@/lib/server/grpc-tls'
import { ListenError, listen } from '@/lib/server/listen'
import { listener, type Pages } from '@/lib/server/listener'
import { loadWhenAsked } from '@/lib/server/load-when-asked'
import { log, logConsole } from '@/lib/server/log'
import { nodeSignatures } from '@/lib/server/node-signatures'
import { provideSessions } from '@/lib/server/page-session'
import { readPageSession } from '@/lib/server/read-page-session'
import { readStaticIssuers, StaticIssuersError } from '@/lib/server/read-static-issuers'
import { logRequest } from '@/lib/server/request-log'
import { dispatchCall } from '@/lib/server/rpc/dispatch-call'
import { securityHeaders } from '@/lib/server/security-headers'
import { shareAttempts } from '@/lib/server/share-attempts'
import { startGrpc } from '@/lib/server/start-grpc'
import { surviveStrays } from '@/lib/server/survive-strays'
import { tracingWanted } from '@/lib/server/tracing-settings'
import { runWorkers } from '@/lib/server/workers/primary'
import { joinWorkers, tellReady, whenPrimaryIsGone } from '@/lib/server/workers/worker'
import { requireSigningKey } from '@/lib/services/installation/require-signing-key'
import { fillKeySources } from '@/lib/services/key-source/sweep-trusts'
import { setSpans } from '@/lib/spans'
import { setSignatures } from '@/lib/trust/signatures'

/** Open connections; a file descriptor and some kilobytes each. */
const connectionsMax = 4_000
const connectionsPerAddressMax = 1_000

const isDevelopment = process.argv.includes('--dev')

// Several threads that collect the garbage of one wait for each other: on few cores that is a tenth of what a login costs.
setFlagsFromString('--no-parallel-scavenge')
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
  setSignatures(nodeSignatures)
  const settings = env()
  log.level = settings.LOG_LEVEL
  if (settings.KEYBOUND_WORKERS > 1 && cluster.isPrimary && !isDevelopment) {
    process.exit(await runWorkers(settings.KEYBOUND_WORKERS, () => announce(ready(settings))))
  }
  joinWorkers()
  const stopTracing = await traceWhereWanted()
  parseAllowedOrigins(settings.KEY_FETCH_ALLOWED_ORIGINS)
  parseAllowedOrigins(settings.WEBHOOK_ALLOWED_ORIGINS, 'WEBHOOK_ALLOWED_ORIGINS')
  requireProxySettings()
  const staticIssuers = readStaticIssuers(settings.KEYBOUND_STATIC_ISSUERS)
  await migrate(settings.DATABASE_URL)
  await requireSigningKey(db(), settings)
  await fillKeySources({ db: db(), holder: randomUUID() })
  await enterStaticIssuersAtStart(staticIssuers)

  provideSessions(readPageSession)
  const dispatchOperation = dispatcher(endpoints(), owners())
  const onRequest = listener({
    dispatch: async (...call) => (await dispatchCall(...call)) || dispatchOperation(...call),
    pages: isDevelopment ? await nextPages(settings) : loadWhenAsked(() => nextPages(settings)),
    headers: securityHeaders(settings.PUBLIC_URL.startsWith('https:')),
    trustedProxyHops: settings.TRUSTED_PROXY_HOPS,
    onRequest: logRequest,
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
  const leaveReplica = followReplicaOf(settings)
  const stopSharing = shareAttempts(settings.DATABASE_URL)
  stopOnSignals(async () => {
    await stopBackground(Promise.all([drain(), grpc?.drain()]))
    await leaveReplica?.()
    await stopSharing?.()
    await stopTracing?.()
  })
  if (grpc && (!cluster.worker || cluster.worker.id === 1)) announce(`gRPC is served at ${grpc.where}.`)
  // So that the first login need not connect; where it fails, that login tries again and says why.
  void loginStoreOf(db())
    .open()
    .catch(() => {})
  if (!process.stdout.isTTY) logConsole()
  if (cluster.isWorker) tellReady()
  else announce(ready(settings))
}

/** OpenTelemetry is loaded only where its variables ask for it. */
async function traceWhereWanted(): Promise<(() => Promise<void>) | undefined> {
  const { isWanted, problem } = tracingWanted(process.env)
  if (problem) log.warn(problem)
  if (!isWanted) return
  const { startTracing } = await import('@/lib/server/tracing')
  const { spans, stop } = startTracing()
  setSpans(spans)
  return stop
}

/** A sentence for people who look on, a line of the log for programs, whatever the level is. */
const announce = (sentence: string) =>
  process.stdout.isTTY ? console.log(sentence) : log.child({}, { level: 'info' }).info(sentence)

function ready(settings: Env): string {
  const processes = settings.KEYBOUND_WORKERS > 1 && !isDevelopment ? `, ${settings.KEYBOUND_WORKERS} processes` : ''
  return `Keybound is ready at ${settings.PUBLIC_URL} (${where(settings)}${processes}).`
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

/** The first signal, or the end of the process that started this one, lets running requests finish; the second signal ends at once. */
function stopOnSignals(finish: () => Promise<unknown>): void {
  let stoppedAt: number | null = null
  const stop = async () => {
    // Under npm one Ctrl-C arrives twice: from the terminal and from npm.
    if (stoppedAt !== null && performance.now() - stoppedAt < 500) return
    if (stoppedAt !== null) process.exit(1)
    stoppedAt = performance.now()
    await endProcess(async () => {
      await finish()
      await disconnect()
    })
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  whenPrimaryIsGone(() => void (stoppedAt === null && stop()))
}

const where = ({ database, DATABASE_URL }: Env) =>
  database === 'sqlite' ? DATABASE_URL.slice('file:'.length) : `PostgreSQL at ${new URL(DATABASE_URL).host}`
