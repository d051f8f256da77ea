import { apis } from '@/lib/apis'
import { adminEnvelope } from '@/lib/apis/admin/envelope'
import type { Api, Envelope } from '@/lib/apis/api'
import { version } from '@/package.json'
import type { Answer } from './answer'
import type { ApiRequest } from './api-request'
import { metrics } from './metrics'
import { openApi } from './openapi'
import { route } from './route'
import { alive, status } from './status'

export type Params = Record<string, string>

export type Handler = (request: ApiRequest, context: { params: Params }) => Promise<Answer> | Answer

/** The handler of one method of a path. */
export type Endpoint = { method: string; path: string; envelope: Envelope; anyOrigin: boolean; handle: Handler }

/** Everything that is answered without Next: the registry's operations and a few documents. */
export const endpoints = (): Endpoint[] => [
  ...apis.flatMap(operationsOf),
  document('/api/status', () => status(version)),
  document('/api/alive', alive),
  document('/api/openapi.json', openApi),
  document('/metrics', metrics),
]

/** The API whose envelope answers 404 under a path without an endpoint. */
export type Owner = { prefix: string; envelope: Envelope }

export const owners = (): Owner[] =>
  apis.flatMap(({ prefixes = [], envelope }) => prefixes.map((prefix) => ({ prefix, envelope })))

function operationsOf(api: Api): Endpoint[] {
  return Object.entries(api.operations).map(([name, { method, path, anyOrigin = false }]) => {
    return { method, path, envelope: api.envelope, anyOrigin, handle: route(api, name) }
  })
}

const document = (path: string, handle: Handler): Endpoint => ({
  method: 'GET',
  path,
  envelope: adminEnvelope,
  anyOrigin: false,
  handle,
})
