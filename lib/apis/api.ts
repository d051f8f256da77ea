import type { z } from 'zod'
import type { AppError } from '@/lib/errors'
import type { Recorded } from '@/lib/services/audit/actions'
import type { Context } from '@/lib/services/context'

/** Answer of an operation. `status` defaults to the operation's success. */
export type Reply<Body = unknown> = {
  body: Body
  status?: number
  headers?: Record<string, string>
  /** `Set-Cookie` lines; `headers` holds each name once. */
  cookies?: string[]
}

/** Parsed input of an operation. */
export type Incoming<Params, Query, Body> = {
  params: Params
  query: Query
  body: Body
  /** Request headers, for protocols that use them (`If-Match`, cookies). */
  headers: Headers
}

export type OperationDefinition<Params, Query, Body, Answer> = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path template of OpenAPI: `/api/v1/identities/{identityId}`. */
  path: string
  summary: string
  description?: string
  /**
   * `required`: an access token or a dashboard session, else 401. `optional`: authenticated if credentials are sent.
   * `client`: as `required`, or an OAuth client with credentials in HTTP Basic or the body, which the operation checks.
   * `none`: credentials are ignored. Verbs check roles.
   */
  auth: 'none' | 'optional' | 'required' | 'client'
  /** Pages of any site may call this and read the answer (CORS). Only with `auth: 'none'`, where no cookie counts. */
  anyOrigin?: true
  /** Allowed for people who lack a required second factor; other operations answer them 403. */
  withoutSecondFactor?: true
  /** Checks access before the body is read, for APIs that answer 403 before 400. */
  authorise?(ctx: Context, headers: Headers): void
  params?: z.ZodType<Params>
  query?: z.ZodType<Query>
  body?: z.ZodType<Body>
  /** Numbers in the body must be written as integers: `1e3` and `1.0` are wrong fields. */
  wholeNumbers?: boolean
  /**
   * The operation parses the body itself, because its validity also depends on the path or on stored data, and every
   * wrong field is reported at once. `body` then only documents it.
   */
  parsesBody?: boolean
  /** Accepted media types of the body; JSON by default. */
  bodyTypes?: BodyType[]
  /**
   * Audit actions of a success: at least one of these and no other, unless nothing was to do. Empty for an operation
   * that only reads, the default of GET; required for others.
   */
  records?: readonly Recorded[]
  success: {
    status: number
    description: string
    /** Of the body; of each line where it is streamed. */
    schema?: z.ZodType
    /** Media type of the body; JSON by default. */
    type?: string
  }
  /** Statuses beyond those of every operation. */
  failures?: Record<number, string>
  run(ctx: Context, input: Incoming<Params, Query, Body>): Promise<Reply<Answer>>
}

export type BodyType = 'application/json' | 'application/x-www-form-urlencoded'

/** For flat bodies, which some clients send as a form. */
export const jsonOrForm: BodyType[] = ['application/json', 'application/x-www-form-urlencoded']

/** An operation with erased types, for registry and route. */
export type Operation = OperationDefinition<unknown, unknown, unknown, unknown>

/** Checks the types of an operation's parts against each other, then erases them: the route parses before it runs. */
export function defineOperation<Params = unknown, Query = unknown, Body = unknown, Answer = unknown>(
  definition: OperationDefinition<Params, Query, Body, Answer>,
): Operation {
  return definition as unknown as Operation
}

/** Error format of an API. */
export type Envelope = {
  /** Returns status and JSON body of an error. */
  ofError(error: AppError, requestId: string): { status: number; body: unknown }
  /** Schema of error bodies, for OpenAPI. */
  errorSchema: z.ZodType
  /** Statuses that any operation may answer, for OpenAPI. */
  statuses: Record<number, string>
}

/** An API: name, envelope and operations. */
export type Api = {
  /** Kebab-case, unique. */
  name: string
  title: string
  description: string
  envelope: Envelope
  /**
   * Path prefixes of this API: a subpath without an operation is answered 404 in its format. The longest prefix
   * decides.
   */
  prefixes?: readonly `/${string}`[]
  /** Bodies may repeat ids of the path (path-ids.ts), which are removed before parsing. */
  pathIdsInBody?: boolean
  /** Converts a body or query from this API's dialect to its schemas' form, before parsing. */
  normalise?(sent: unknown): unknown
  operations: Record<string, Operation>
}

export function defineApi<const Operations extends Record<string, Operation>>(
  api: Omit<Api, 'operations'> & { operations: Operations },
) {
  return api
}
