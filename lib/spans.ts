import { perProcess } from './per-process'

/** What a span says of the work beside its name; never a token, a claim or anything else that a caller chose freely. */
export type SpanAttributes = Record<string, string | number | boolean>

export type Span = { set(attributes: SpanAttributes): void }

export type SpanOptions = {
  /** Client: what is waited for is elsewhere. */
  kind?: 'server' | 'client'
  attributes?: SpanAttributes
  /** The span of another process that this work is a part of (W3C Trace Context). */
  parent?: { traceparent: string; tracestate?: string }
}

/** Runs `act` as a part of what runs already, and records how long it took and whether it failed. */
export type Spans = <Result>(
  name: string,
  options: SpanOptions,
  act: (span: Span) => Promise<Result>,
) => Promise<Result>

const held = perProcess<Spans>('spans')

/** From here on spans are recorded; until then they cost a call each. */
export function setSpans(spans: Spans | undefined): void {
  held.value = spans
}

export const isTraced = () => held.value !== undefined

/** Runs work that traces show as one span (lib/server/tracing.ts). */
export function spanned<Result>(
  name: string,
  options: SpanOptions,
  act: (span: Span) => Promise<Result>,
): Promise<Result> {
  return held.value ? held.value(name, options, act) : act(unrecorded)
}

const unrecorded: Span = { set: () => {} }
