import { connect, type Db } from '@/lib/db/client'
import { emptyDatabase } from '../fixtures/empty-database'
import { freePort } from '../fixtures/free-port'
import { databaseUnderTest, type Keybound, requireActsOnRecord, startKeybound } from '../fixtures/keybound'

/** A server without an organization, for one installation. */
export type Server = {
  keybound: Keybound
  db: Db
  /** The address its clients must name as theirs (`X-Forwarded-For`); null where it is that of the connection. */
  address: string | null
  /** Where it serves gRPC; null where it does not. */
  grpcPort: string | null
  /** Ends the server, or returns it to those that come later. */
  stop(): Promise<void>
}

type Shared = Pick<Server, 'keybound' | 'db' | 'grpcPort'> & { isTaken: boolean; logsRead: number }

/** As GRPC_PORT: a port that is free as the server starts. */
export const anyPort = 'any'

/** Servers of this worker by their settings, whichever file asked first: vitest may load this module once a file. */
const held: typeof globalThis & { keyboundShared?: Map<string, Promise<Shared>>; keyboundInstallations?: number } =
  globalThis
held.keyboundShared ??= new Map()
const shared = held.keyboundShared

/** What the server does with less work, or sooner (fixtures/keybound.ts). */
type Quick = { hasQuickPasswords: boolean; hasQuickRounds?: boolean }

/** A server of the caller's own, with any settings. */
export async function ownServer(
  env: Record<string, string>,
  quick: Quick = { hasQuickPasswords: true },
): Promise<Server> {
  const settings = await withPort(env)
  const keybound = await startKeybound({ env: settings, ...quick })
  const db = connect(keybound.databaseUrl)
  const stop = async () => {
    await db.$disconnect()
    await keybound.stop()
  }
  return { keybound, db, address: null, grpcPort: settings.GRPC_PORT ?? null, stop }
}

/**
 * A server that the test files of a worker use one after the other, each with an empty database. What a process remembers
 * (attempts, repeated refusals) is kept apart by the address, of which each installation has another.
 */
export async function sharedServer(env: Record<string, string>): Promise<Server> {
  const settings = JSON.stringify(env)
  const known = shared.get(settings) ?? startShared(env)
  shared.set(settings, known)
  const server = await known
  if (server.isTaken) return { ...(await ownServer({ ...env, ...behindProxy })), address: nextAddress() }
  server.isTaken = true
  try {
    await emptyDatabase(server.db, databaseUnderTest())
  } catch (error) {
    server.isTaken = false
    throw error
  }

  const from = server.logsRead
  const logs = () => server.keybound.logs().slice(from)
  const keybound: Keybound = { ...server.keybound, logs, end: refuse, restart: refuse, stop: refuse }
  const stop = async () => {
    const read = server.keybound.logs()
    server.logsRead = read.length
    server.isTaken = false
    requireActsOnRecord(read.slice(from))
  }
  return { keybound, db: server.db, address: nextAddress(), grpcPort: server.grpcPort, stop }
}

/** Clients name their address themselves. */
const behindProxy = { TRUSTED_PROXY_HOPS: '1' }

async function startShared(env: Record<string, string>): Promise<Shared> {
  const settings = await withPort({ ...env, ...behindProxy })
  const keybound = await startKeybound({ env: settings, isShared: true, hasQuickPasswords: true })
  const grpcPort = settings.GRPC_PORT ?? null
  return { keybound, db: connect(keybound.databaseUrl), grpcPort, isTaken: false, logsRead: 0 }
}

const withPort = async (env: Record<string, string>): Promise<Record<string, string>> =>
  env.GRPC_PORT === anyPort ? { ...env, GRPC_PORT: String(await freePort()) } : env

const refuse = () => Promise.reject(new Error('Other files use this server: install with { own: true }.'))

/** Of the network for tests between machines (RFC 2544 appendix C.2.2). */
function nextAddress(): string {
  held.keyboundInstallations = (held.keyboundInstallations ?? 0) + 1
  return `198.18.${held.keyboundInstallations >> 8}.${held.keyboundInstallations & 255}`
}
