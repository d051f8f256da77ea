import { z } from 'zod'
import {
  type CreateDocumentOptions,
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi'
import type { Api, Operation } from './api'

/** Returns the OpenAPI 3.1 document of a registry, generated so that it matches the routes. */
export function toOpenApi(apis: readonly Api[], server: { url: string; version: string }) {
  const paths: ZodOpenApiPathsObject = {}
  for (const api of apis) {
    for (const [name, operation] of Object.entries(api.operations)) {
      const path = { ...paths[operation.path] }
      path[methodKey(operation)] = toOperation(api, name, operation)
      paths[operation.path] = path
    }
  }
  const document = {
    openapi: '3.1.0' as const,
    info: {
      title: 'Keybound',
      version: server.version,
      description: 'Decide which JSON Web Tokens to accept. Wire-compatible with the published APIs named by the tags.',
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: server.url }],
    tags: apis.map(({ title, description }) => ({ name: title, description })),
    paths,
    components: {
      securitySchemes: {
        accessToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'An access token of an identity.',
        },
        client: {
          type: 'http',
          scheme: 'basic',
          description: 'The id of an identity, and an access token of it.',
        },
        session: { type: 'apiKey', in: 'cookie', name: 'keybound.session_token', description: 'A dashboard session.' },
      },
    },
  } satisfies ZodOpenApiObject
  return createDocument(document, { override: requireWhatIsRefused })
}

/** Declares a field as required if a body without it is refused. Its default in the schema only words the error. */
const requireWhatIsRefused: NonNullable<CreateDocumentOptions['override']> = ({ jsonSchema, zodSchema, io }) => {
  if (io !== 'input' || !(zodSchema instanceof z.ZodObject)) return
  const { properties = {} } = jsonSchema
  const refused = Object.entries(zodSchema.shape).flatMap(([name, field]) =>
    z.safeParse(field, undefined).success ? [] : [name],
  )
  if (refused.length === 0) return
  jsonSchema.required = [...new Set([...(jsonSchema.required ?? []), ...refused])]
  for (const name of refused) {
    const property = properties[name]
    if (typeof property === 'object' && 'default' in property) delete property.default
  }
}

function securityOf({ auth }: Operation): Record<string, string[]>[] {
  if (auth !== 'required' && auth !== 'client') return []
  const own: Record<string, string[]>[] = [{ accessToken: [] }, { session: [] }]
  return auth === 'client' ? [...own, { client: [] }] : own
}

const methodKey = ({ method }: Operation) => method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'

function toOperation(api: Api, name: string, operation: Operation): ZodOpenApiOperationObject {
  const { success, failures } = operation
  const errors = Object.entries({ ...expectedStatuses(api, operation), ...failures }).map(([status, description]) => [
    status,
    { description, content: { 'application/json': { schema: api.envelope.errorSchema } } },
  ])
  return {
    operationId: `${api.name}.${name}`,
    tags: [api.title],
    summary: operation.summary,
    ...(operation.description ? { description: operation.description } : {}),
    security: securityOf(operation),
    requestParams: {
      ...(operation.params instanceof z.ZodObject ? { path: operation.params } : {}),
      ...(operation.query instanceof z.ZodObject ? { query: operation.query } : {}),
    },
    ...(operation.body ? { requestBody: toRequestBody(operation) } : {}),
    responses: {
      [success.status]: {
        description: success.description,
        ...(success.schema ? { content: { [success.type ?? 'application/json']: { schema: success.schema } } } : {}),
      },
      ...Object.fromEntries(errors),
    },
  }
}

const toRequestBody = ({ body, bodyTypes = ['application/json'] }: Operation) => ({
  required: true,
  content: Object.fromEntries(bodyTypes.map((type) => [type, { schema: body }])),
})

/** An operation without authentication does not answer 403, one without a body not 422. */
function expectedStatuses(api: Api, operation: Operation) {
  return Object.fromEntries(
    Object.entries(api.envelope.statuses).filter(([status]) => {
      if (status === '422' || status === '400') return operation.body !== undefined || operation.query !== undefined
      if (status === '404') return operation.params !== undefined || operation.path.endsWith('/login')
      if (status === '403') return securityOf(operation).length > 0 || operation.path.endsWith('/login')
      return status !== '401' || securityOf(operation).length > 0 || operation.body !== undefined
    }),
  )
}
