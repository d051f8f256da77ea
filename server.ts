import { createServer, type Server } from 'node:http'
import { disconnect } from '@/lib/db/client'
import { migrate } from '@/lib/db/migrate'
import { DatabaseError } from '@/lib/db/reachable'
import { type Env, EnvError, env } from '@/lib/env'
import { parseAllowedOrigins } from '@/lib/net/allow-list'
import { isReadable, withoutTrailingSlash } from '@/lib/server/api-path'
import { startBackground } from '@/lib/server/background'
import { drainer } from '@/lib/server/drainer'
import { enterStaticIssuersAtStart } from '@/lib/server/enter-static-issuers-at-start'
import { ListenError, listen } from '@/lib/server/listen'
import { missingMethod } from '@/lib/server/missing-method'
import { readStaticIssuers, StaticIssuersError } from '@/lib/server/read-static-issuers'
import { securityHeaders } from '@/lib/server/security-headers'
import { stampPeer } from '@/lib/server/stamp-peer'

/** What a slow or hostile client may cost; key fetches and imports finish well within. */
const limits = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 15_000,
  requestTimeout: 60_000,
  // Longer than the idle time of the usual proxies, so that they never reuse a connection we are closing.
  keepAliveTimeout: 75_000,
}

const isDevelopment = process.argv.includes('--dev')

start().catch((error: unknown) => {
  const isExpected = [EnvError, DatabaseError, ListenError, StaticIssuersError].some((kind) => error instanceof kind)
  console.error(isExpected && error instanceof Error ? error.message : error)
  process.exit(1)
})

async function start(): Promise<void> {
  // React and Next choose their builds by this when they are loaded.
  Object.assign(process.env, { NODE_ENV: isDevelopment ? 'development' : 'production' })
  // Whatever is made here (database, its log, the secret) is for this user alone.
  process.umask(0o077)
  const settings = env()
  parseAllowedOrigins(settings.KEY_FETCH_ALLOWED_ORIGINS)
  const staticIssuers = readStaticIssuers(settings.KEYBOUND_STATIC_ISSUERS)
  await migrate(settings.DATABASE_URL)
  await enterStaticIssuersAtStart(staticIssuers)

  const server = createServer(limits)
  // Nobody upgrades a connection here but the development server; one that is asked for would stay open for good.
  if (!isDevelopment) server.on('upgrade', (_request, socket) => socket.destroy())
  const drain = drainer(server)
  await answerWithNext(server, settings)
  await listen(server, settings.PORT, settings.HOST)
  const stopBackground = startBackground()
  stopOnSignals(() => Promise.all([drain(), stopBackground()]))
  console.log(`Keybound is ready at ${settings.PUBLIC_URL} (${where(settings)}).`)
}

async function answerWithNext(server: Server, settings: Env): Promise<void> {
  const { default: next } = await import('next')
  const app = next({ dev: isDevelopment, hostname: settings.HOST, port: settings.PORT, httpServer: server })
  await app.prepare()
  const handle = app.getRequestHandler()
  const security = securityHeaders(settings.PUBLIC_URL.startsWith('https:'))
  server.on('request', (request, response) => {
    for (const [name, value] of security) response.setHeader(name, value)
    stampPeer(request, settings.TRUSTED_PROXY_HOPS)
    request.url = withoutTrailingSlash(request.url ?? '/')
    if (!isReadable(request.url)) {
      const message = 'The path is not validly percent-encoded.'
      response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ statusCode: 400, message }))
      return
    }
    const missing = missingMethod(request.method ?? 'GET', request.url)
    if (missing) {
      response.writeHead(missing.status, missing.headers).end(missing.body)
      return
    }
    handle(request, response).catch((error: unknown) => {
      console.error(error)
      if (!response.headersSent) response.writeHead(500).end()
      else response.destroy()
    })
  })
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
