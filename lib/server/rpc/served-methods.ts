import {
  createRegistry,
  type DescMethodUnary,
  type DescService,
  fromBinary,
  fromJson,
  type JsonValue,
  type Registry,
  toJson,
} from '@bufbuild/protobuf'
import {
  Code,
  ConnectError,
  type ContextKey,
  createConnectRouter,
  createContextKey,
  type HandlerContext,
  type ServiceImpl,
} from '@connectrpc/connect'
import { createAsyncIterable, type UniversalHandler } from '@connectrpc/connect/protocol'
import { z } from 'zod'
import type { Api, Operation } from '@/lib/apis/api'
import type { RpcService } from '@/lib/apis/rpc'
import { isJsonObject, type JsonObject, parseJson, toPlainJson } from '@/lib/trust/json/json'
import type { ApiRequest } from '../api-request'
import { route } from '../route'

/** A call as it arrived: its headers, and its message or what was wrong with it. */
export type Call = { headers: Headers; message: SentMessage } | { problem: ConnectError }

/** A message in JSON: as it was sent, or as its bytes say. */
export type SentMessage = { text: string; members: JsonObject }

/** By this the library, which answers in the words of the protocol, hands the call on. */
export const callKey: ContextKey<Call | null> = createContextKey<Call | null>(null)

export type ServedMethod = {
  /** Answers a call that `callKey` describes; the body it is given does not matter. */
  handler: UniversalHandler
  /** @throws ConnectError */
  read(bytes: Uint8Array, isJson: boolean): SentMessage
}

/** The served methods of some services, by request path. */
export async function servedMethods(services: readonly RpcService[]): Promise<ReadonlyMap<string, ServedMethod>> {
  const loaded = await Promise.all(services.map(async (rpc) => toMethods(rpc, await rpc.load())))
  return new Map(loaded.flat())
}

function toMethods(rpc: RpcService, { service, errorDetails }: Awaited<ReturnType<RpcService['load']>>) {
  const methods = Object.entries(rpc.methods).map(([name, operation]) => ({
    method: unaryMethod(service, name),
    operation,
  }))
  const router = createConnectRouter()
  const errors = createRegistry(...errorDetails)
  const table = methods.map(({ method, operation }) => [
    method.localName,
    implementation(rpc.api, operation, method, errors),
  ])
  router.service(service, asServiceImpl(Object.fromEntries(table)))
  const handlers = new Map(router.handlers.map((handler) => [handler.requestPath, handler]))
  return methods.flatMap(({ method }): [string, ServedMethod][] => {
    const path = `/${service.typeName}/${method.name}`
    const handler = handlers.get(path)
    return handler ? [[path, { handler, read: (bytes, isJson) => sentMessage(rpc.api, method, bytes, isJson) }]] : []
  })
}

function unaryMethod(service: DescService, name: string): DescMethodUnary {
  const method = service.methods
    .filter((one): one is DescMethodUnary => one.methodKind === 'unary')
    .find((one) => one.name === name)
  if (!method) throw new TypeError(`${service.typeName} has no unary method ${name}`)
  return method
}

/** The one cast: the library's types want each method by name, which a table cannot say. */
const asServiceImpl = (table: object): Partial<ServiceImpl<DescService>> => table as Partial<ServiceImpl<DescService>>

/** Sends the message to the operation as the request that its REST API would get, and its answer back as a message. */
function implementation(api: Api, name: string, { output }: DescMethodUnary, errors: Registry) {
  const operation = api.operations[name]
  if (!operation) throw new TypeError(`${api.name} has no operation ${name}`)
  const handle = route(api, name)
  return async (_: unknown, { values, signal, responseHeader }: HandlerContext) => {
    const call = values.get(callKey)
    if (!call) throw new ConnectError('There is no call.', Code.Internal)
    if ('problem' in call) throw call.problem
    const { request, params } = toRequest(operation, call)
    const { status, headers, body } = await untilAborted(() => handle(request, { params }), signal)
    if (body !== null && typeof body !== 'string') throw new ConnectError('A method streams.', Code.Internal)
    const metadata: Record<string, string> = {}
    for (const name of passedOn) if (headers[name] !== undefined) metadata[name] = headers[name]
    const answer: JsonValue = await new Response(body).json()
    if (status >= 300) throw toConnectError(Status.parse(answer), metadata, errors)
    for (const [header, value] of Object.entries(metadata)) responseHeader.set(header, value)
    return fromJson(output, answer, { ignoreUnknownFields: true })
  }
}

const passedOn = ['x-request-id', 'retry-after', 'x-keybound-reason']

/** @throws ConnectError when the caller's deadline passes or the caller goes away; what was begun is finished all the same */
async function untilAborted<T>(act: () => Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) throw ConnectError.from(signal.reason, Code.Canceled)
  return new Promise((resolve, reject) => {
    const abort = () => reject(ConnectError.from(signal.reason, Code.Canceled))
    signal.addEventListener('abort', abort, { once: true })
    act()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort))
  })
}

/** The request to the operation: path and query from the members they name, and the message as sent as its body. */
function toRequest(operation: Operation, { headers: sent, message }: Exclude<Call, { problem: unknown }>) {
  const headers = new Headers(sent)
  for (const name of ['content-length', 'content-encoding', 'transfer-encoding']) headers.delete(name)
  headers.set('content-type', 'application/json')
  const query = operation.query ? `?${new URLSearchParams(flattened(message.members))}` : ''
  const request: ApiRequest = {
    method: 'POST',
    url: `http://rpc.invalid/${query}`,
    headers,
    body: operation.body ? createAsyncIterable([Buffer.from(message.text)]) : null,
  }
  const params = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, named(name, message.members)])
  return { request, params: Object.fromEntries(params) as Record<string, string> }
}

/** A message names what it is about as the path does, or by `id` where the path has `idpId`. */
function named(name: string, members: JsonObject): string {
  const value = members[name] ?? (name === 'idpId' ? members.id : undefined)
  return typeof value === 'string' ? value : ''
}

/** A query's parameters: `ctx.orgId` for the `orgId` of `ctx`, as grpc-gateway has it. */
function flattened(members: JsonObject, prefix = ''): [string, string][] {
  return Object.entries(members).flatMap(([name, value]) =>
    isJsonObject(value)
      ? flattened(value, `${prefix}${name}.`)
      : [[`${prefix}${name}`, String(value)] as [string, string]],
  )
}

function sentMessage(api: Api, { input }: DescMethodUnary, bytes: Uint8Array, isJson: boolean): SentMessage {
  try {
    if (!isJson) {
      const members = toJson(input, fromBinary(input, bytes)) as JsonObject
      return { text: JSON.stringify(members), members }
    }
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    // No body at all is an empty message, as it is for the REST API.
    const parsed = parseJson(text.trim() === '' ? '{}' : text)
    if (!parsed.ok) throw new Error(parsed.message)
    const members = api.normalise?.(parsed.value) ?? parsed.value
    fromJson(input, toPlainJson(parsed.value), { ignoreUnknownFields: true })
    return { text, members: members as JsonObject }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ConnectError(`The message is no ${input.name}: ${reason}`, Code.InvalidArgument)
  }
}

const Status = z.object({
  code: z.enum(Code),
  message: z.string(),
  details: z.array(z.looseObject({ '@type': z.string() })),
})

function toConnectError(
  { code, message, details }: z.output<typeof Status>,
  metadata: Record<string, string>,
  errors: Registry,
): ConnectError {
  const known = details.flatMap(({ '@type': type, ...value }) => {
    const desc = errors.getMessage(type.replace(/^.*\//, ''))
    return desc ? [{ desc, value }] : []
  })
  return new ConnectError(message, code, metadata, known)
}
