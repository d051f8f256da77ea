import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The application in front of a JWT provider: it knows its people, and hands their token over in a header. */
export type Gateway = {
  /** Where the browser is sent: the provider's `jwtEndpoint`. */
  jwtEndpoint: string
  /** What is handed over for the next browsers; null sends no header. Assign to change. */
  token: string | null
  headerName: string
  /** How the callback is called. */
  method: string
  /** What arrives instead of the query that was given; null leaves it as it is. */
  query: ((given: URLSearchParams) => URLSearchParams) | null
  /** Addresses of the callback that were called, in order. */
  calls: string[]
  stop(): Promise<void>
}

/** Starts a gateway that proxies to `callback` and relays the answer without following it (docs/apis/zitadel.md). */
export async function startGateway(callback: string): Promise<Gateway> {
  const server = createServer((request, response) => {
    relay(gateway, callback, request, response).catch((error: unknown) => response.writeHead(502).end(String(error)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const gateway: Gateway = {
    jwtEndpoint: `http://127.0.0.1:${port}/auth/jwt?tenant=acme`,
    token: null,
    headerName: 'x-auth-token',
    method: 'GET',
    query: null,
    calls: [],
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return gateway
}

async function relay(gateway: Gateway, callback: string, request: IncomingMessage, response: ServerResponse) {
  const given = new URL(request.url ?? '', 'http://gateway').searchParams
  const address = `${callback}?${gateway.query ? gateway.query(given) : given}`
  gateway.calls.push(address)
  const answer = await fetch(address, {
    method: gateway.method,
    redirect: 'manual',
    headers: gateway.token === null ? {} : { [gateway.headerName]: gateway.token },
  })
  const location = answer.headers.get('location')
  response.writeHead(answer.status, {
    'content-type': answer.headers.get('content-type') ?? 'text/plain',
    ...(location ? { location } : {}),
  })
  response.end(await answer.text())
}
