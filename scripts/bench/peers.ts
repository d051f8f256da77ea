import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { audience, issuer, openidClient, type TokenPool } from './tokens'

/** A server that is measured. */
export type Subject = {
  name: string
  origins: string[]
  /** Processes whose CPU and memory, with those of their children, are the server's. */
  pids: number[]
  /** The database's first process; null where the database is part of the server, or there is no /proc. */
  databasePid: number | null
}

export type Peer = Subject & { stop(): Promise<void> }

/** `node:http` and jose alone: what everything else is compared with. */
export const startBareServer = ({ publicKey }: TokenPool) =>
  startPeer('node:http and jose alone', 'bare-server', [
    publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    issuer,
    audience,
  ])

/** oidc-provider, in memory. */
export const startOpenIdProvider = ({ publicKey, kid }: TokenPool) =>
  startPeer('oidc-provider', 'openid-provider', [
    openidClient.id,
    JSON.stringify({ ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }),
    openidClient.provider,
  ])

async function startPeer(name: string, file: string, args: string[]): Promise<Peer> {
  const child = fork(fileURLToPath(new URL(`./peers/${file}.ts`, import.meta.url)), args, {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let complaints = ''
  child.stderr?.on('data', (chunk) => {
    complaints += chunk
  })
  const exited = once(child, 'exit')
  const started = await Promise.race([once(child, 'message'), exited.then(() => null)])
  if (!started) throw new Error(`${name} ended before it was ready:\n${complaints}`)
  const [{ origin }] = started as [{ origin: string }]
  return {
    ...{ name, origins: [origin], pids: child.pid ? [child.pid] : [], databasePid: null },
    stop: async () => {
      child.kill()
      await exited
    },
  }
}
