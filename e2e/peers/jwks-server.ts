import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { TLSSocket } from 'node:tls'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { breakages } from './jwks-breakages'
import type { TlsIdentity } from './tls-authority'

export type PublicJwk = Record<string, unknown>
export type SigningKey = { kid: string; alg: string; privateKey: KeyObject; jwk: PublicJwk }

/** How the server behaves: well, or badly in one of the ways of jwks-breakages.ts. */
export type JwksServerMode = 'ok' | keyof typeof breakages

export type JwksServerOptions = {
  /** Serves https with it; without, plain http. */
  tls?: TlsIdentity
  /** Address to listen on. */
  host?: string
  /** 0 = any free one. */
  port?: number
  /** Name in the URLs handed out; the address listened on if not given. */
  name?: string
}

/** A real issuer's web server on this machine: `/jwks.json`, and a discovery document that leads there. */
export type JwksServer = {
  /** `https://127.0.0.1:40123`, also the issuer of its discovery document. */
  origin: string
  jwksUrl: string
  port: number
  /** What it publishes now; assign to change. */
  keys: unknown[]
  mode: JwksServerMode
  /** Further response headers of the key set, such as cache-control. */
  headers: Record<string, string>
  /** Sent as the key set instead of `keys`, byte for byte. */
  rawBody: string | null
  /** Content encoding of the key set. */
  compress: 'gzip' | 'deflate' | 'br' | null
  /** Where `redirect` sends to. */
  redirectTo: string
  /** Members that replace those of the discovery document. */
  discovery: Record<string, unknown>
  /** Every request so far, in order. */
  requests: { path: string; headers: IncomingMessage['headers']; servername: unknown }[]
  /** Requests for the key set. */
  hits: number
  /** Bytes of bodies handed to sockets by the breakages that stream. */
  bytesSent: number
  /** Makes a new signing key and publishes it in place of (or beside) the present ones. */
  rotate(options?: { alg?: 'RS256' | 'ES256' | 'EdDSA'; keepOld?: boolean; kid?: string }): SigningKey
  /** Stops listening, so that connections are refused; `listen` brings it back at the same port. */
  stop(): Promise<void>
  listen(): Promise<void>
}

/** Starts a server without keys. Stop it when done. */
export async function startJwksServer({
  tls,
  host = '127.0.0.1',
  port = 0,
  name,
}: JwksServerOptions = {}): Promise<JwksServer> {
  const answer = (request: IncomingMessage, response: ServerResponse) => handle(server, request, response)
  const listener = tls ? createHttpsServer(tls, answer) : createHttpServer(answer)
  const listen = (at: number) =>
    new Promise<void>((resolve, reject) => {
      listener.once('error', reject)
      listener.listen(at, host, resolve)
    })
  await listen(port)
  const { port: listening } = listener.address() as AddressInfo
  const shown = name ?? (host.includes(':') ? `[${host}]` : host)
  const origin = `${tls ? 'https' : 'http'}://${shown}:${listening}`
  const server: JwksServer = {
    origin,
    jwksUrl: `${origin}/jwks.json`,
    port: listening,
    keys: [],
    mode: 'ok',
    headers: {},
    rawBody: null,
    compress: null,
    redirectTo: 'http://169.254.169.254/latest/meta-data/',
    discovery: {},
    requests: [],
    hits: 0,
    bytesSent: 0,
    rotate({ alg = 'ES256', keepOld = false, kid = randomUUID() } = {}) {
      const key = newSigningKey(alg, kid)
      server.keys = keepOld ? [...server.keys, key.jwk] : [key.jwk]
      return key
    },
    async stop() {
      if (!listener.listening) return
      const closed = new Promise((resolve) => listener.close(resolve))
      listener.closeAllConnections()
      await closed
    },
    listen: () => listen(listening),
  }
  return server
}

function handle(server: JwksServer, request: IncomingMessage, response: ServerResponse): void {
  const path = request.url ?? ''
  const { socket } = request
  const servername = socket instanceof TLSSocket ? Reflect.get(socket, 'servername') : undefined
  server.requests.push({ path, headers: request.headers, servername })
  if (path === '/jwks.json') server.hits++
  if (server.mode !== 'ok') breakages[server.mode](response, server)
  else if (path === '/jwks.json') sendKeys(response, server)
  else if (path === '/.well-known/openid-configuration') sendJson(response, discoveryOf(server))
  else response.writeHead(404).end()
}

function sendKeys(response: ServerResponse, { keys, rawBody, headers, compress }: JwksServer): void {
  const body = rawBody ?? JSON.stringify({ keys })
  const encode = compress ? { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }[compress] : Buffer.from
  const encoding = compress ? { 'content-encoding': compress } : {}
  response.writeHead(200, { 'content-type': 'application/json', ...encoding, ...headers }).end(encode(body))
}

const discoveryOf = ({ origin, jwksUrl, discovery }: JwksServer) => ({
  issuer: origin,
  jwks_uri: jwksUrl,
  id_token_signing_alg_values_supported: ['RS256', 'ES256'],
  response_types_supported: ['id_token'],
  subject_types_supported: ['public'],
  ...discovery,
})

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function newSigningKey(alg: 'RS256' | 'ES256' | 'EdDSA', kid: string): SigningKey {
  const { publicKey, privateKey } = pairOf(alg)
  return { kid, alg, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' } }
}

/** Generates a key pair for an algorithm. */
export function pairOf(alg: 'RS256' | 'ES256' | 'EdDSA') {
  if (alg === 'RS256') return generateKeyPairSync('rsa', { modulusLength: 2048 })
  return alg === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519')
}
