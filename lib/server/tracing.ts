import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type Context,
  DiagLogLevel,
  defaultTextMapGetter,
  diag,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { SpanAttributes, Spans } from '@/lib/spans'
import { version } from '@/package.json'
import { log } from './log'

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT }

/**
 * Sends spans by OTLP over HTTP, as the standard variables of OpenTelemetry say: the SDK reads endpoint, headers, sampler, limits,
 * batches and attributes of the resource from them. Returns what records spans, and what sends those that are left at the end.
 */
export function startTracing(): { spans: Spans; stop: () => Promise<void> } {
  const says = (message: string) => log.warn({ about: message }, 'traces cannot be sent as they should')
  diag.setLogger({ error: says, warn: says, info() {}, debug() {}, verbose() {} }, DiagLogLevel.WARN)
  const own = resourceFromAttributes({ 'service.name': 'keybound', 'service.version': version })
  const provider = new BasicTracerProvider({
    resource: own.merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  })
  const tracer = provider.getTracer('keybound', version)
  const propagator = new W3CTraceContextPropagator()
  const running = new AsyncLocalStorage<Context>()

  const spans: Spans = async (name, { kind, attributes, parent }, act) => {
    const outer = parent
      ? propagator.extract(ROOT_CONTEXT, parent, defaultTextMapGetter)
      : (running.getStore() ?? ROOT_CONTEXT)
    const span = tracer.startSpan(name, { kind: kind && kinds[kind], attributes }, outer)
    const set = (more: SpanAttributes) => {
      span.setAttributes(more)
      if ('error.type' in more) span.setStatus({ code: SpanStatusCode.ERROR })
    }
    try {
      return await running.run(trace.setSpan(outer, span), () => act({ set }))
    } catch (error) {
      // Its message may quote what a caller sent.
      set({ 'error.type': error instanceof Error ? error.name : typeof error })
      throw error
    } finally {
      span.end()
    }
  }
  return { spans, stop: () => provider.shutdown().catch((error: unknown) => says(String(error))) }
}
