import {
  createRegistry,
  type DescMethodUnary,
  type DescService,
  fromJson,
  type JsonValue,
  type Message,
  toJson,
} from '@bufbuild/protobuf'
import {
  Code,
  ConnectError,
  type ContextKey,
  createConnectRouter,
  createContextKey,
  createContextValues,
  type HandlerContext,
  type ServiceImpl,
} from '@connectrpc/connect'
import { universalServerRequestFromFetch, universalServerResponseToFetch } from '@connectrpc/connect/protocol'
import { z } from 'zod'
import type { RpcService } from '@/lib/apis/rpc'
import { bodyBytesMax } from './read-body'
import { route } from './route'

/**
 * A gRPC-web service as a handler of requests: each message becomes the JSON request of the operation of its name and goes the
 * way of every other request, so it cannot be judged or answered differently. Methods without an operation answer
 * UNIMPLEMENTED.
 */
export function grpcWeb(rpc: RpcService) {
  const router = createConnectRouter({ grpc: false, connect: false, readMaxBytes: bodyBytesMax })
  router.service(rpc.service, implement(rpc))
  const handlers = new Map(router.handlers.map((handler) => [handler.requestPath, handler]))
  return async (request: Request): Promise<Response> => {
    const handler = handlers.get(new URL(request.url).pathname)
    if (!handler) return new Response(null, { status: 404 })
    const contextValues = createContextValues().set(requestKey, request)
    return universalServerResponseToFetch(
      await handler({ ...universalServerRequestFromFetch(request, {}), contextValues }),
    )
  }
}

const requestKey: ContextKey<Request | null> = createContextKey<Request | null>(null)

/** The one cast: the library's types want each method by name, which a table cannot say. */
function implement(rpc: RpcService): Partial<ServiceImpl<DescService>> {
  const unary = rpc.service.methods.filter((method): method is DescMethodUnary => method.methodKind === 'unary')
  const methods = unary.filter(({ localName }) => Object.hasOwn(rpc.api.operations, localName))
  const table: object = Object.fromEntries(methods.map((method) => [method.localName, toMethod(rpc, method)]))
  return table as Partial<ServiceImpl<DescService>>
}

function toMethod({ api, errorDetails }: RpcService, { localName, input, output }: DescMethodUnary) {
  const handle = route(api, localName)
  const registry = createRegistry(...errorDetails)
  const hasBody = api.operations[localName]?.body !== undefined
  return async (message: Message, { values }: HandlerContext) => {
    const request = values.get(requestKey)
    if (!request) throw new ConnectError('There is no request.', Code.Internal)
    const sent = Sent.parse(toJson(input, message))
    // A message names what it is about by `idpId` or `id`; the operation takes the name its path has.
    const params = { id: '', idpId: sent.id ?? '', ...sent }
    const response = await handle(asJson(request, hasBody ? sent : null), { params })
    const answer: JsonValue = await response.json()
    if (response.ok) return fromJson(output, answer, { ignoreUnknownFields: true })
    const { code, message: text, details } = Status.parse(answer)
    throw new ConnectError(
      text,
      code,
      { 'x-request-id': response.headers.get('x-request-id') ?? '' },
      details.flatMap(({ '@type': type, ...value }) => {
        const desc = registry.getMessage(type.replace(/^.*\//, ''))
        return desc ? [{ desc, value }] : []
      }),
    )
  }
}

const Sent = z.looseObject({ id: z.string().optional(), idpId: z.string().optional() })

const Status = z.object({
  code: z.enum(Code),
  message: z.string(),
  details: z.array(z.looseObject({ '@type': z.string() })),
})

/** The same request with a message as its JSON body. */
function asJson(request: Request, body: object | null): Request {
  const headers = new Headers(request.headers)
  headers.delete('content-length')
  headers.set('content-type', 'application/json')
  return new Request(request.url, { method: 'POST', headers, body: body && JSON.stringify(body) })
}
