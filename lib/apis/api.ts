import type { z } from 'zod'
import type { AppError } from '@/lib/errors'
import type { Recorded } from '@/lib/services/audit/actions'
import type { Context } from '@/lib/services/context'

/** What an operation answers. `status` defaults to the operation's own success. */
export type Reply<Body = unknown> = {
  body: Body
  status?: number
  headers?: Record<string, string>
  /** `Set-Cookie` lines; a header may stand only once in `headers`. */
  cookies?: string[]
}

/** What reaches an operation, parsed. */
export type Incoming<Params, Query, Body> = {
  params: Params
  query: Query
  body: Body
  /** The request's own headers, for the few protocols that speak in them (`If-Match`, cookies). */
  headers: Headers
}

export type OperationDefinition<Params, Query, Body, Answer> = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path template, as OpenAPI writes it: `/api/v1/identities/{identityId}`. Mounts are checked against it. */
  path: string
  summary: string
  description?: string
  /**
   * `required`: an access token or a dashboard session, else 401. `optional`: whoever asks is recognised, nobody is fine.
   * `client`: as
   * `required`, or an OAuth client with credentials in HTTP Basic or the body, which the operation looks for itself.
   * `none`: nobody is looked for. Roles are the verbs' to ask for.
   */
  auth: 'none' | 'optional' | 'required' | 'client'
  /**
   * Pages of any site may call this and read the answer (CORS). Only for `auth: 'none'`: no cookie may count where other sites
   * can ask.
   */
  anyOrigin?: true
  /**
   * A person whose organization requires a second factor may call this before they have one. Nothing else: the route answers
   * 403.
   */
  withoutSecondFactor?: true
  /** Ends the request before its body is looked at, for APIs that say 403 before 400. */
  authorise?(ctx: Context, headers: Headers): void
  params?: z.ZodType<Params>
  query?: z.ZodType<Query>
  body?: z.ZodType<Body>
  /** Numbers in the body must be written as whole numbers: `1e3` and `1.0` are wrong fields. */
  wholeNumbers?: boolean
  /**
   * The operation parses the body itself, because what is wrong with it also depends on the path or on what is stored, and
   * every wrong field is to be told at once. `body` then only describes it.
   */
  parsesBody?: boolean
  /** What the body may be sent as; JSON by default. */
  bodyTypes?: BodyType[]
  /**
   * What a success leaves on record: at least one of these and nothing else, unless there was nothing to do. Empty for an operation
   * that only reads, which a GET is unless it says otherwise; every other one must say.
   */
  records?: readonly Recorded[]
  success: { status: number; description: string; schema?: z.ZodType }
  /** Further statuses this operation answers, beside those every operation may. */
  failures?: Record<number, string>
  run(ctx: Context, input: Incoming<Params, Query, Body>): Promise<Reply<Answer>>
}

export type BodyType = 'application/json' | 'application/x-www-form-urlencoded'

/** For what is flat text: some clients send it as a form. */
export const jsonOrForm: BodyType[] = ['application/json', 'application/x-www-form-urlencoded']

/** An operation of any shape, as the registry and the route know it. */
export type Operation = OperationDefinition<unknown, unknown, unknown, unknown>

/** Checks an operation's parts against each other, then forgets the shapes: the route parses before it runs. */
export function defineOperation<Params = unknown, Query = unknown, Body = unknown, Answer = unknown>(
  definition: OperationDefinition<Params, Query, Body, Answer>,
): Operation {
  return definition as unknown as Operation
}

/** How an API words what goes wrong. */
export type Envelope = {
  /** Status and body for an error; the body is JSON. */
  ofError(error: AppError, requestId: string): { status: number; body: unknown }
  /** The schema of error bodies, for OpenAPI. */
  errorSchema: z.ZodType
  /** Which statuses any operation may answer, for OpenAPI. */
  statuses: Record<number, string>
}

/** One of the APIs we speak: a name, an envelope and operations. */
export type Api = {
  /** Kebab-case, unique. */
  name: string
  title: string
  description: string
  envelope: Envelope
  /**
   * Paths whose subpaths belong to this API: what has no operation there is answered 404 in this API's words. The longest
   * prefix decides.
   */
  prefixes?: readonly `/${string}`[]
  /** Bodies may repeat ids of their path, as some clients do everywhere (path-ids.ts). They are taken out before anything is parsed. */
  pathIdsInBody?: boolean
  /** A body or query in this API's dialect as its schemas know it; each passes through before it is parsed. */
  normalise?(sent: unknown): unknown
  operations: Record<string, Operation>
}

export function defineApi<const Operations extends Record<string, Operation>>(
  api: Omit<Api, 'operations'> & { operations: Operations },
) {
  return api
}
