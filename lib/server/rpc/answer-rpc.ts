import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import { Code, ConnectError, createContextValues } from '@connectrpc/connect'
import { createAsyncIterable } from '@connectrpc/connect/protocol'
import { rpcServices } from '@/lib/apis/rpc-services'
import { AppError } from '@/lib/errors'
import { newRequestId } from '@/lib/ids'
import { toHeaders } from '../api-request'
import { readMessage } from './read-message'
import { type Call, callKey, type ServedMethod, servedMethods } from './served-methods'
import { type WireFormat, wireFormatOf } from './wire-format'

export type RpcRequest = IncomingMessage | Http2ServerRequest
export type RpcResponse = ServerResponse | Http2ServerResponse

const servedPaths = new Set(
  rpcServices.flatMap(({ name, methods }) => Object.keys(methods).map((method) => `/${name}/${method}`)),
)

let loaded: Promise<ReadonlyMap<string, ServedMethod>> | undefined

/** Loads the descriptors of all services, which takes a second. Without it, the first call does. */
export function loadRpcServices(): Promise<ReadonlyMap<string, ServedMethod>> {
  loaded ??= servedMethods(rpcServices)
  return loaded
}

/**
 * Answers a call of gRPC (over HTTP/2 only), gRPC-web or Connect. Errors are written as its protocol has them; a method
 * that is not served is UNIMPLEMENTED. What is no call in any of these is answered in JSON.
 */
export async function answerRpc(request: RpcRequest, response: RpcResponse): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/'
  const format = wireFormatOf(request.headers['content-type'] ?? '')
  const isCall = request.method === 'POST' && format !== null
  if (!isCall || (format.protocol === 'grpc' && request.httpVersionMajor < 2)) return refuse(request, response, path)
  const headers = headersOf(request.headers)
  const methods = await loadRpcServices()
  const method = methods.get(path)
  const call = await readCall(request, headers, format, method, path)
  const abort = new AbortController()
  response.once('close', () => abort.abort(new ConnectError('The caller went away.', Code.Canceled)))
  // Which method says that another one is not served makes no difference.
  const { handler } = method ?? [...methods.values()][0] ?? { handler: null }
  if (!handler) throw new TypeError('No service is served.')
  const answer = await handler({
    httpVersion: request.httpVersion,
    method: 'POST',
    url: `http://rpc.invalid${path}`,
    header: headersForLibrary(headers, format),
    body: createAsyncIterable([emptyBody(format)]),
    signal: abort.signal,
    contextValues: createContextValues().set(callKey, call),
  })
  const body = await collected(answer.body)
  if (response.destroyed) return
  response.writeHead(answer.status, {
    ...Object.fromEntries(answer.header ?? []),
    ...(format.isText ? { 'content-type': 'application/grpc-web-text+proto' } : {}),
    'cache-control': 'no-store',
  })
  if (answer.trailer && format.protocol === 'grpc') response.addTrailers(Object.fromEntries(answer.trailer))
  response.end(format.isText ? body.toString('base64') : body)
}

async function readCall(
  request: RpcRequest,
  headers: Headers,
  format: WireFormat,
  method: ServedMethod | undefined,
  path: string,
): Promise<Call> {
  if (!method) {
    request.resume()
    return { problem: new ConnectError(`${path.slice(1, 200)} is not served here.`, Code.Unimplemented) }
  }
  try {
    return { headers, message: method.read(await readMessage(request, headers, format), format.isJson) }
  } catch (error) {
    return { problem: ConnectError.from(error) }
  }
}

/** The message was read already, so the library is given an empty one in its place, which needs no decompression. */
function headersForLibrary(headers: Headers, { contentType }: WireFormat): Headers {
  const given = new Headers(headers)
  for (const name of ['content-length', 'content-encoding', 'grpc-encoding', 'accept-encoding']) given.delete(name)
  given.set('content-type', contentType)
  return given
}

function emptyBody({ protocol, isJson }: WireFormat): Uint8Array {
  const message = isJson ? Buffer.from('{}') : Buffer.alloc(0)
  return protocol === 'connect' ? message : Buffer.concat([Buffer.from([0, 0, 0, 0, message.length]), message])
}

async function collected(body: AsyncIterable<Uint8Array> | undefined): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body ?? []) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** The headers of a call; `:authority` of HTTP/2 is the `Host`. */
function headersOf(sent: IncomingHttpHeaders): Headers {
  const headers = toHeaders(sent)
  const authority = sent[':authority']
  if (typeof authority === 'string' && !headers.has('host')) headers.set('host', authority)
  return headers
}

/** The answer to what is no call: in JSON, in the words of the vendor whose place it is. */
function refuse(request: RpcRequest, response: RpcResponse, path: string): void {
  request.resume()
  const { status, error, headers = {} } = refusal(request, path)
  const requestId = newRequestId()
  const { envelope } = (rpcServices.find(({ name }) => path.startsWith(`/${name}/`)) ?? rpcServices[0])?.api ?? {}
  response.writeHead(status, {
    ...headers,
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-request-id': requestId,
  })
  response.end(JSON.stringify(envelope?.ofError(error, requestId).body ?? {}))
}

function refusal({ method = '', httpVersionMajor }: RpcRequest, path: string) {
  if (!servedPaths.has(path)) {
    return { status: 404, error: new AppError('not-found', `There is nothing at ${method} ${path.slice(0, 200)}.`) }
  }
  if (method !== 'POST') {
    const error = new AppError('method-not-allowed', `${method.slice(0, 20)} is not for this path. It takes POST.`)
    return { status: 405, error, headers: { allow: 'POST' } }
  }
  const takes = httpVersionMajor < 2 ? '' : 'application/grpc, '
  const hint = httpVersionMajor < 2 ? ' gRPC itself needs HTTP/2, on the port that GRPC_PORT sets.' : ''
  const message = `The Content-Type must be ${takes}application/grpc-web, application/json or application/proto.${hint}`
  return { status: 415, error: new AppError('malformed', message) }
}
