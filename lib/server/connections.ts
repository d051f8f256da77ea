import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

export type ConnectionLimits = {
  connectionsMax: number
  /** Connections of one key; infinite where all callers share a proxy's address. */
  connectionsPerKeyMax: number
}

type Exchange = [request: IncomingMessage, response: ServerResponse]

/** An open connection: the first exchange is being answered, the others wait. */
type Connection = { key: string; exchanges: Exchange[] }

/** Pipelined requests that one connection may have unanswered. */
const pipelinedMax = 100

/** How much of a body is read and dropped after its request was answered, so that the connection can go on. */
const droppedBytesMax = 8 * 1024 * 1024

/**
 * Keeps the connections of a server bounded and each one's requests in order (RFC 9112 §9.3.2). At a limit, the connection that
 * has been idle for longest is closed for the new one; if none is idle, the new one is.
 * @param keyOf by what the connections of one caller are counted
 */
export function connections(limits: ConnectionLimits, keyOf: (socket: Socket) => string) {
  // In the order in which they became idle, for what is put in again comes last.
  const open = new Map<Socket, Connection>()
  const byKey = new Map<string, Map<Socket, Connection>>()

  /** Counts a new connection. */
  function add(socket: Socket) {
    const connection: Connection = { key: keyOf(socket), exchanges: [] }
    const siblings = byKey.get(connection.key) ?? new Map<Socket, Connection>()
    const hasPlace = makePlace(siblings, limits.connectionsPerKeyMax) && makePlace(open, limits.connectionsMax)
    if (!hasPlace) return void socket.destroy()
    open.set(socket, connection)
    byKey.set(connection.key, siblings.set(socket, connection))
    socket.once('close', () => remove(socket, connection))
  }

  function makePlace(among: Map<Socket, Connection>, max: number): boolean {
    if (among.size < max) return true
    for (const [socket, connection] of among) {
      if (connection.exchanges.length > 0) continue
      remove(socket, connection)
      socket.destroy()
      return true
    }
    return false
  }

  function remove(socket: Socket, { key }: Connection) {
    open.delete(socket)
    const siblings = byKey.get(key)
    siblings?.delete(socket)
    if (siblings?.size === 0) byKey.delete(key)
  }

  /** Answers requests of one connection one after the other. */
  function inOrder(listener: RequestListener): RequestListener {
    return (request, response) => {
      const { socket } = request
      const connection = open.get(socket)
      if (!connection || connection.exchanges.length >= pipelinedMax) return void socket.destroy()
      connection.exchanges.push([request, response])
      if (connection.exchanges.length === 1) answerFirst(socket, connection, listener)
    }
  }

  function answerFirst(socket: Socket, connection: Connection, listener: RequestListener) {
    const [first] = connection.exchanges
    if (!first) return becomeIdle(socket, connection)
    first[1].once('close', () => {
      connection.exchanges.shift()
      dropRest(first[0], socket)
      if (!socket.destroyed) answerFirst(socket, connection, listener)
    })
    listener(...first)
  }

  function becomeIdle(socket: Socket, connection: Connection) {
    for (const among of [open, byKey.get(connection.key)]) {
      if (among?.delete(socket)) among.set(socket, connection)
    }
  }

  /** The request that is being answered on a connection, with its answer. */
  const running = (socket: Socket): Exchange | undefined => open.get(socket)?.exchanges[0]

  return { add, inOrder, running, count: () => open.size }
}

/** Reads what is left of the body of an answered request, which stands before the next one; ends the connection if it cannot. */
function dropRest(request: IncomingMessage, socket: Socket): void {
  if (request.complete) return
  if (request.destroyed) return void socket.destroy()
  let left = droppedBytesMax
  request.on('error', () => {})
  request.on('data', (chunk: Uint8Array) => {
    left -= chunk.byteLength
    if (left < 0) socket.destroy()
  })
  request.resume()
}
