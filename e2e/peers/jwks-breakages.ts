import type { ServerResponse } from 'node:http'
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib'

/** What a breakage may read and count. */
type Peer = { redirectTo: string; bytesSent: number }
type Breakage = (response: ServerResponse, peer: Peer) => void

const json = { 'content-type': 'application/json' }
const hugeBytes = 50 * 1024 * 1024

/** Every way a key server can answer that must not hurt us. */
export const breakages = {
  /** Hangs up without a word. */
  'hang-up': (response) => response.socket?.destroy(),
  /** Says nothing at all. */
  silent: () => {},
  'status-500': (response) => response.writeHead(500, json).end('{"error":"internal"}'),
  'status-404': (response) => response.writeHead(404, json).end('{}'),
  redirect: (response, peer) => response.writeHead(302, { location: peer.redirectTo }).end(),
  html: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('{"keys":[]}'),
  'bad-json': (response) => response.writeHead(200, json).end('{"keys":['),
  'not-utf-8': (response) => response.writeHead(200, json).end(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])),
  'duplicate-members': (response) => response.writeHead(200, json).end('{"keys":[],"keys":[]}'),
  'no-keys': (response) => response.writeHead(200, json).end('{"jwks":[]}'),
  'keys-not-objects': (response) => response.writeHead(200, json).end('{"keys":["a"]}'),
  array: (response) => response.writeHead(200, json).end('[]'),
  empty: (response) => response.writeHead(200, json).end(),
  /** 50 MB of valid JSON that says so beforehand. */
  'huge-declared': (response, peer) => {
    response.writeHead(200, { ...json, 'content-length': hugeBytes })
    pour(response, peer, hugeBytes)
  },
  /** 50 MB that do not. */
  huge: (response, peer) => {
    response.writeHead(200, json)
    pour(response, peer, hugeBytes)
  },
  endless: (response, peer) => {
    response.writeHead(200, json)
    pour(response, peer, Number.POSITIVE_INFINITY)
  },
  /** A byte now and then, for ever. */
  drip: (response) => {
    response.writeHead(200, json)
    const timer = setInterval(() => response.write(' '), 20)
    response.on('close', () => clearInterval(timer))
  },
  /** Headers that never end. */
  'endless-headers': (response) => {
    const { socket } = response
    socket?.write('HTTP/1.1 200 OK\r\n')
    const timer = setInterval(() => socket?.write(`x-more: ${'a'.repeat(4_000)}\r\n`), 5)
    socket?.on('error', () => {}).on('close', () => clearInterval(timer))
  },
  'not-http': (response) => response.socket?.end('SSH-2.0-OpenSSH_9.2p1\r\n'),
  'gzip-bomb': (response) => bomb(response, 'gzip', gzipSync),
  'deflate-bomb': (response) => bomb(response, 'deflate', deflateSync),
  'brotli-bomb': (response) =>
    bomb(response, 'br', (data) => brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })),
  'broken-gzip': (response) =>
    response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(gzipSync('{"keys":[]}').subarray(0, 15)),
  /** gzip that goes on for ever and unpacks to nothing (RFC 1951 §3.2.4: stored blocks of length 0). */
  'empty-blocks': (response, peer) => {
    response.writeHead(200, { ...json, 'content-encoding': 'gzip' })
    response.write(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]))
    pour(response, peer, Number.POSITIVE_INFINITY, Buffer.alloc(5 * 12_000, Buffer.from([0, 0, 0, 0xff, 0xff])))
  },
  /** Promises 50 MB and sends none of it. */
  promise: (response) => {
    response.writeHead(200, { ...json, 'content-length': hugeBytes })
    response.flushHeaders()
  },
  /** Two layers, so that a bomb could hide in the inner one. */
  'stacked-gzip': (response) =>
    response
      .writeHead(200, { ...json, 'content-encoding': 'gzip, gzip' })
      .end(gzipSync(gzipSync(Buffer.alloc(hugeBytes, ' ')))),
  /** Ends in the middle of what it promised. */
  'cut-off': (response) => {
    response.writeHead(200, { ...json, 'content-length': 1000 })
    response.write('{"keys":[]}', () => response.socket?.destroy())
  },
} satisfies Record<string, Breakage>

const bombs = new Map<string, Buffer>()

function bomb(response: ServerResponse, encoding: string, compress: (data: Buffer) => Buffer): void {
  const body = bombs.get(encoding) ?? compress(Buffer.alloc(hugeBytes, ' '))
  bombs.set(encoding, body)
  response.writeHead(200, { ...json, 'content-encoding': encoding }).end(body)
}

/** The same chunk over and over (blanks, which JSON allows anywhere), as fast as the reader takes it. */
function pour(response: ServerResponse, peer: Peer, bytes: number, chunk = Buffer.alloc(64 * 1024, ' ')): void {
  let left = bytes
  const more = () => {
    while (left > 0 && !response.destroyed) {
      const part = chunk.subarray(0, Math.min(left, chunk.length))
      left -= part.length
      peer.bytesSent += part.length
      if (!response.write(part)) return
    }
    if (!response.destroyed) response.end()
  }
  response.on('drain', more)
  more()
}
