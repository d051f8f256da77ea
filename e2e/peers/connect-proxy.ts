import { createServer, type IncomingMessage, request } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

/** A forward proxy on this machine: tunnels for CONNECT, and plain http by the absolute URL. */
export type ConnectProxy = {
  /** `http://127.0.0.1:40123` */
  url: string
  /** What was asked of it: `CONNECT host:port` or `GET http://…`, with the credentials that came along. */
  asked: { what: string; authorization: string | undefined }[]
  /** Answers every request with this status instead of serving it. */
  refuseWith: number | null
  /** Names it resolves in a way of its own, to addresses. */
  hosts: Record<string, string>
  stop(): Promise<void>
}

export async function startConnectProxy(): Promise<ConnectProxy> {
  const sockets = new Set<Socket>()
  const note = ({ method, url, headers }: IncomingMessage) =>
    proxy.asked.push({ what: `${method} ${url}`, authorization: headers['proxy-authorization'] })
  const server = createServer((incoming, response) => {
    note(incoming)
    if (proxy.refuseWith !== null) return void response.writeHead(proxy.refuseWith).end()
    request(incoming.url ?? '', { headers: incoming.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
      .on('error', () => response.writeHead(502).end())
      .end()
  })
  server.on('connection', (socket) => sockets.add(socket))
  server.on('connect', (incoming: IncomingMessage, socket: Socket) => {
    note(incoming)
    socket.on('error', () => {})
    if (proxy.refuseWith !== null) return socket.end(`HTTP/1.1 ${proxy.refuseWith} Refused\r\n\r\n`)
    const { hostname, port } = new URL(`http://${incoming.url}`)
    const target = connect(Number(port || 80), proxy.hosts[hostname] ?? hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      target.pipe(socket).pipe(target)
    })
    target.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'))
    target.on('close', () => socket.destroySoon())
    socket.on('close', () => target.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const proxy: ConnectProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    refuseWith: null,
    hosts: {},
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
  return proxy
}
