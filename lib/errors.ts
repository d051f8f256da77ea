/** One wrong field of an input: where, what is wrong, and what to do, in a sentence. */
export type FieldIssue = {
  /** Path into the input, outermost first: `['keys', 0, 'url']`. */
  path: (string | number)[]
  /** Stable machine code, for example `invalid_type`, `too_long`, `unknown_key`. */
  code: string
  message: string
}

/**
 * What went wrong, in our words. Every API's envelope has a table from kind to HTTP status, so no verb knows HTTP.
 * - `malformed` the bytes are not what the protocol speaks (broken JSON, too large)
 * - `invalid` well-formed, but one or more fields are wrong (`fields` lists every one)
 * - `rule` every field is fine alone, a rule of the service forbids the act
 * - `unauthenticated` who are you · `forbidden` not for you · `not-found` not there, or not for you to know
 * - `conflict` it exists already · `precondition` it changed since you read it · `unchanged` nothing would change
 * - `too-many` slow down · `unavailable` something we depend on is not answering · `unexpected` a fault of ours
 */
export const errorKinds = [
  ...(['malformed', 'invalid', 'rule', 'unauthenticated', 'forbidden', 'not-found', 'method-not-allowed'] as const),
  ...(['conflict', 'precondition', 'unchanged', 'too-large', 'too-many', 'unavailable', 'unexpected'] as const),
] as const
export type ErrorKind = (typeof errorKinds)[number]

/** The only exception verbs throw. A refused token is not one: it is an answer. */
export class AppError extends Error {
  readonly kind: ErrorKind
  readonly fields: FieldIssue[]
  /** Stable reason code for machines, for example `token_expired`. */
  readonly reason: string | undefined
  readonly retryAfterSeconds: number | undefined
  readonly details: unknown

  constructor(
    kind: ErrorKind,
    message: string,
    more: {
      fields?: FieldIssue[]
      reason?: string
      retryAfterSeconds?: number
      details?: unknown
      cause?: unknown
    } = {},
  ) {
    super(message, { cause: more.cause })
    this.name = 'AppError'
    this.kind = kind
    this.fields = more.fields ?? []
    this.reason = more.reason
    this.retryAfterSeconds = more.retryAfterSeconds
    this.details = more.details
  }
}

/** An input with one wrong field. */
export const invalidField = (path: (string | number)[], message: string, code = 'invalid_value') =>
  new AppError('invalid', message, { fields: [{ path, code, message }] })

/** There is no such thing, or it is not for the caller to know that there is. */
export const notFound = (message: string) => new AppError('not-found', message)
