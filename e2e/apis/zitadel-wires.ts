import { type DescMethodUnary, fromJson, type JsonObject, toJson } from '@bufbuild/protobuf'
import { Code, ConnectError, type Transport } from '@connectrpc/connect'
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from '@connectrpc/connect-node'
import type { Operation } from '@/lib/apis/api'
import type { RpcService } from '@/lib/apis/rpc'
import { rpcServices } from '@/lib/apis/rpc-services'
import { bearer, type Client } from './client'
import type { Installation } from './installation'

/** A served method and its operation. */
export type Served = { rpc: RpcService; method: DescMethodUnary; operation: Operation; name: string }

/** Every method of every service. */
export async function servedMethods(): Promise<Served[]> {
  const services = await Promise.all(
    rpcServices.map(async (rpc) => {
      const { service } = await rpc.load()
      return Object.entries(rpc.methods).map(([methodName, operationName]): Served => {
        const method = service.methods.find((one) => one.name === methodName)
        const operation = rpc.api.operations[operationName]
        if (method?.methodKind !== 'unary' || !operation) throw new Error(`${rpc.name}/${methodName}`)
        return { rpc, method: method as DescMethodUnary, operation, name: operationName }
      })
    }),
  )
  return services.flat()
}

/** What a call came to: a message in JSON, or an error with its code, text and details. */
export type Outcome =
  | { message: JsonObject }
  | { code: number; text: string; details: { id: string; message: string }[] }

/** A way to ask for the same thing. */
export type Wire = { name: string; ask(served: Served, token: string | null, message: JsonObject): Promise<Outcome> }

export function wires(here: Installation): { rest: Wire; others: Wire[] } {
  const { grpcUrl } = here
  const { baseUrl } = here.keybound
  return {
    rest: { name: 'REST', ask: (served, token, message) => askRest(here.anonymous, served, token, message) },
    others: [
      overTransport('gRPC-web', createGrpcWebTransport({ baseUrl, httpVersion: '1.1' })),
      overTransport('Connect with JSON', createConnectTransport({ baseUrl, httpVersion: '1.1' })),
      overTransport(
        'Connect with bytes, compressed',
        createConnectTransport({ baseUrl, httpVersion: '1.1', useBinaryFormat: true, compressMinBytes: 0 }),
      ),
      overTransport('gRPC', createGrpcTransport({ baseUrl: grpcUrl })),
      overTransport('gRPC with JSON', createGrpcTransport({ baseUrl: grpcUrl, useBinaryFormat: false })),
    ],
  }
}

const overTransport = (name: string, transport: Transport): Wire => ({
  name,
  async ask({ method, rpc }, token, message) {
    try {
      const headers = token === null ? {} : bearer(token)
      const input = fromJson(method.input, message, { ignoreUnknownFields: true })
      const answer = await transport.unary(method, undefined, 10_000, headers, input)
      return { message: toJson(method.output, answer.message) as JsonObject }
    } catch (error) {
      const { code, rawMessage, details } = ConnectError.from(error)
      const { errorDetails } = await rpc.load()
      const found = errorDetails.flatMap((desc) => ConnectError.from(error).findDetails(desc))
      if (found.length !== details.length) throw error
      const known = found.map((detail) => toJson(errorDetails[0]!, detail) as { id: string; message: string })
      return { code, text: rawMessage, details: known }
    }
  },
})

/** The answer of the REST API, read as the method's message. A member that the message does not have is a fault. */
async function askRest(client: Client, served: Served, token: string | null, message: JsonObject): Promise<Outcome> {
  const { operation, method } = served
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(message[name] ?? message.id ?? '')),
  )
  const query = operation.query ? `?${new URLSearchParams(flat(message))}` : ''
  const asked = token === null ? client : client.as(bearer(token))
  const sent = operation.body ? message : undefined
  const answer = await asked.call(operation.method, path + query, sent)
  if (answer.status === 200) {
    // These say less than REST does: a removal nothing, version 2 beta no options.
    const ignoreUnknownFields = method.name === 'RemoveOrgIDP' || served.rpc.name.includes('.v2beta.')
    const read = fromJson(method.output, answer.body, { ignoreUnknownFields })
    return { message: toJson(method.output, read) as JsonObject }
  }
  const { code, message: text, details } = answer.body
  if (Code[code] === undefined) throw new Error(`${operation.method} ${path}: ${answer.status} ${answer.text}`)
  return { code, text, details: details.map(({ id, message }: { id: string; message: string }) => ({ id, message })) }
}

const flat = (message: JsonObject, prefix = ''): [string, string][] =>
  Object.entries(message).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? flat(value, `${prefix}${name}.`)
      : [[`${prefix}${name}`, String(value)] as [string, string]],
  )

/** An outcome without what differs from call to call: ids, moments, counters and secrets. */
export const withoutChance = (outcome: Outcome): unknown =>
  JSON.parse(
    JSON.stringify(outcome)
      .replace(/authRequestID=[^"&]+&userAgentID=[^"&]+/g, 'STATE')
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'MOMENT')
      .replace(/"(sequence|processedSequence)":"\d+"/g, '"$1":"N"'),
  )
