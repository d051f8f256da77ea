import {
  constants,
  createSecureServer,
  createServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type Http2Stream,
  type ServerHttp2Session,
  type ServerHttp2Stream,
  type ServerOptions,
} from 'node:http2'
import type { Server } from 'node:net'
import { addressKey } from '@/lib/services/address-key'
import { log } from './log'
import { peerHeader } from './peer'
import { stampPeer } from './stamp-peer'

/** Limits on a slow or hostile client. The limits of messages are those of every call (`rpc/read-message.ts`). */
const defaultLimits = {
  connections: 1_000,
  /** Of one address, where no proxy hides who calls. */
  connectionsPerAddress: 100,
  /** Streams that are open at once, each with at most one message in memory; one more is refused and can be retried. */
  calls: 256,
  callsPerCaller: 64,
  /** How many more calls of a connection may be reset by its client than are answered (CVE-2023-44487). */
  resets: 100,
  /** How long a connection may have no stream: until its first one, and between two. */
  firstCallMs: 15_000,
  idleMs: 75_000,
  /** How long a stream may be open, and how long its answer may take to be read. */
  callMs: 60_000,
  readingMs: 10_000,
  /** How long draining waits for running calls. */
  drainMs: 10_000,
}
export type GrpcLimits = typeof defaultLimits

/** As for HTTP/1.1. */
const headerBytesMax = 16 * 1024

/** Limits beyond which a stream is refused or the connection ended; Node and nghttp2 count. */
const protocolLimits = {
  maxSessionMemory: 4,
  maxSessionInvalidFrames: 100,
  maxSessionRejectedStreams: 100,
  maxHeaderListPairs: 100,
  maxSettings: 32,
  settings: { maxConcurrentStreams: 100, maxHeaderListSize: headerBytesMax, enablePush: false },
} satisfies ServerOptions

export type GrpcListener = {
  /** Not listening yet. */
  server: Server
  /** New connections and calls end; running calls finish. */
  drain(): Promise<void>
}

type Answer = (request: Http2ServerRequest, response: Http2ServerResponse) => Promise<void>

/**
 * A server for gRPC, which needs HTTP/2: over TLS, or in clear text where `tls` is null. Callers show an access token;
 * a cookie is not looked at. @throws for a certificate or key that cannot be used
 */
export function grpcListener(
  answer: Answer,
  options: { tls: { cert: string; key: string } | null; trustedHops: number; limits?: Partial<GrpcLimits> },
): GrpcListener {
  const limits = { ...defaultLimits, ...options.limits }
  const { tls, trustedHops } = options
  const server = tls
    ? createSecureServer({ ...protocolLimits, ...tls, handshakeTimeout: limits.firstCallMs, minVersion: 'TLSv1.2' })
    : createServer(protocolLimits)
  // Handshakes count here, too; they end by themselves.
  server.maxConnections = 2 * limits.connections
  // In the order in which they became idle, for one that is put in again comes last.
  const sessions = new Map<ServerHttp2Session, { key: string; streams: number }>()
  const running = counter()
  const endedHere = new WeakSet<Http2Stream>()
  const end = (stream: ServerHttp2Stream, code: number) => {
    endedHere.add(stream)
    stream.close(code)
  }
  let isDraining = false

  server.on('session', (session) => {
    const visitor = { key: addressKey(session.socket.remoteAddress ?? null), streams: 0 }
    // Behind a proxy every connection comes from its address.
    const perAddress = trustedHops > 0 ? limits.connections : limits.connectionsPerAddress
    if (!makePlace(visitor.key, perAddress)) return session.destroy()
    sessions.set(session, visitor)
    const idle = idleTimer(session, limits)
    session.once('close', () => {
      sessions.delete(session)
      idle.stop()
    })
    let resets = 0
    session.on('stream', (stream) => {
      visitor.streams += 1
      idle.begin()
      stream.once('close', () => {
        visitor.streams -= 1
        idle.end()
        if (visitor.streams === 0 && sessions.delete(session)) sessions.set(session, visitor)
        resets = stream.aborted && !endedHere.has(stream) ? resets + 1 : Math.max(0, resets - 1)
        if (resets > limits.resets) session.destroy(undefined, constants.NGHTTP2_ENHANCE_YOUR_CALM)
      })
    })
    if (isDraining) session.close()
  })

  /** Whether one more connection may be opened; the one that has been idle for longest makes it. */
  function makePlace(key: string, perAddress: number): boolean {
    const siblings = [...sessions].filter(([, visitor]) => visitor.key === key)
    const among = siblings.length >= perAddress ? siblings : sessions.size >= limits.connections ? [...sessions] : null
    if (!among) return true
    const [idle] = among.find(([, { streams }]) => streams === 0) ?? []
    if (!idle) return false
    sessions.delete(idle)
    idle.destroy()
    return true
  }

  server.on('request', (request, response) => {
    const { stream } = request
    // A reset stream is no fault of ours; without a listener it would end the process.
    for (const emitter of [request, response, stream]) emitter.on('error', () => {})
    // The setting is announced above, but nghttp2 holds a client to it only once it was acknowledged.
    if (listSize(request.rawHeaders) > headerBytesMax) return end(stream, constants.NGHTTP2_ENHANCE_YOUR_CALM)
    const headers = request.headers
    stampPeer({ headers, socket: { remoteAddress: stream.session?.socket?.remoteAddress } }, trustedHops)
    delete headers.cookie
    const caller = addressKey(String(headers[peerHeader] ?? ''))
    if (running.total() >= limits.calls || running.count(caller) >= limits.callsPerCaller) {
      return end(stream, constants.NGHTTP2_REFUSED_STREAM)
    }
    running.add(caller)
    let timer = setTimeout(() => end(stream, constants.NGHTTP2_CANCEL), limits.callMs)
    stream.once('close', () => {
      clearTimeout(timer)
      running.remove(caller)
    })
    answer(request, response)
      .catch((error: unknown) => {
        // The caller went away, or took too long.
        if (stream.closed) return
        log.error({ err: error }, 'a call failed unexpectedly')
        end(stream, constants.NGHTTP2_INTERNAL_ERROR)
      })
      .finally(() => {
        if (stream.closed || stream.destroyed) return
        clearTimeout(timer)
        timer = setTimeout(() => end(stream, constants.NGHTTP2_CANCEL), limits.readingMs)
      })
  })
  return { server, drain }

  function drain(): Promise<void> {
    return new Promise((resolve) => {
      isDraining = true
      const cutOff = setTimeout(() => {
        for (const session of sessions.keys()) session.destroy()
      }, limits.drainMs)
      server.close(() => {
        clearTimeout(cutOff)
        resolve()
      })
      for (const session of sessions.keys()) session.close()
    })
  }
}

/** The size of a list of headers (RFC 9113 §6.5.2). */
const listSize = (rawHeaders: readonly string[]) =>
  rawHeaders.reduce((size, text) => size + text.length, 16 * rawHeaders.length)

/** Ends a session that has had no stream for a time. */
function idleTimer(session: ServerHttp2Session, { firstCallMs, idleMs }: GrpcLimits) {
  let streams = 0
  let timer = after(firstCallMs)
  function after(ms: number) {
    return setTimeout(() => {
      session.close()
      // One whose client has not even begun to speak HTTP/2 does not close by itself.
      timer = setTimeout(() => session.destroy(), 1_000)
    }, ms)
  }
  return {
    begin() {
      streams += 1
      clearTimeout(timer)
    },
    end() {
      streams -= 1
      if (streams === 0 && !session.closed && !session.destroyed) timer = after(idleMs)
    },
    stop: () => clearTimeout(timer),
  }
}

function counter() {
  const counts = new Map<string, number>()
  let total = 0
  return {
    total: () => total,
    count: (key: string) => counts.get(key) ?? 0,
    add(key: string) {
      total += 1
      counts.set(key, (counts.get(key) ?? 0) + 1)
    },
    remove(key: string) {
      total -= 1
      const left = (counts.get(key) ?? 0) - 1
      if (left > 0) counts.set(key, left)
      else counts.delete(key)
    },
  }
}
