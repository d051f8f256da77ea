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
  /** Agrees to another protocol that was not asked for, and falls silent. */
  'switching-protocols': (response) =>
    response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'),
  /** The same without saying which protocol. */
  'switching-bare': (response) => response.socket?.write('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
  'switching-and-closing': (response) =>
    response.socket?.end('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n'),
  /** Interim answers for ever. */
  'interim-flood': (response) => repeat(response, '', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'),
  /** One interim answer, then silence. */
  'interim-silence': (response) => response.socket?.write('HTTP/1.1 100 Continue\r\n\r\n'),
  /** Headers, then silence. */
  'headers-only': (response) => response.socket?.write(head),
  /** Headers and half a body, then the end of what this side sends. */
  'half-close': (response) => response.socket?.end(`${head}content-length: 100\r\n\r\n{"keys":[`),
  /** Says nothing and ends its side. */
  'half-close-at-once': (response) => response.socket?.end(),
  /** A status line that never ends. */
  'endless-status': (response) => repeat(response, 'HTTP/1.1 200 ', 'O'.repeat(1_000)),
  /** One chunk whose extension never ends. */
  'endless-extension': (response) =>
    repeat(response, `${head}transfer-encoding: chunked\r\n\r\n1;a=`, 'a'.repeat(1_000)),
  /** Many small chunks, each with an extension. */
  'many-extensions': (response) =>
    repeat(response, `${head}transfer-encoding: chunked\r\n\r\n`, `1;a=${'a'.repeat(100)}\r\n \r\n`),
  /** All chunks, then trailers for ever. */
  'endless-trailers': (response) =>
    repeat(response, `${head}transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n`, `x-more: ${'a'.repeat(1_000)}\r\n`),
  /** Less than it promised, and the connection stays open. */
  'short-body': (response) => response.socket?.write(`${head}content-length: 100\r\n\r\n{"keys":[]}`),
  /** Chunks and a length at once (RFC 9112 §6.3). */
  'two-lengths': (response) =>
    response.socket?.end(`${head}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`),
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

const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n'

/** Writes the same text again and again, until the other side goes. */
function repeat(response: ServerResponse, first: string, then: string): void {
  const { socket } = response
  socket?.write(first)
  const timer = setInterval(() => socket?.write(then), 5)
  socket?.on('error', () => {}).on('close', () => clearInterval(timer))
}

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
