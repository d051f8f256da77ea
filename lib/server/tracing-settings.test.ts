import { expect, test } from 'vitest'
import { isTraced, setSpans, spanned } from '@/lib/spans'
import { tracingWanted } from './tracing-settings'

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }

test.each([
  [{}, false],
  [endpoint, true],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector:4318/v1/traces' }, true],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }, false],
  [{ OTEL_SERVICE_NAME: 'keybound', OTEL_TRACES_EXPORTER: 'otlp' }, false],
  [{ ...endpoint, OTEL_SDK_DISABLED: 'true' }, false],
  [{ ...endpoint, OTEL_SDK_DISABLED: 'false' }, true],
  [{ ...endpoint, OTEL_TRACES_EXPORTER: 'none' }, false],
  [{ ...endpoint, OTEL_TRACES_EXPORTER: 'console, otlp' }, true],
  [{ ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' }, true],
])('with %j traces are sent: %s', (source, isWanted) => {
  expect(tracingWanted(source)).toEqual({ isWanted })
})

test.each(['grpc', 'http/json'])('a protocol that is not spoken is named, with what to set: %s', (protocol) => {
  const { isWanted, problem } = tracingWanted({ ...endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: protocol })
  expect(isWanted).toBe(false)
  expect(problem).toContain(`"${protocol}"; set it to http/protobuf`)
})

test('without tracing, work runs as if nothing were there, and fails as it fails', async () => {
  expect(isTraced()).toBe(false)
  expect(await spanned('login', {}, async (span) => span.set({ a: 1 }) ?? 'done')).toBe('done')
  const failure = new Error('refused')
  await expect(spanned('login', {}, () => Promise.reject(failure))).rejects.toBe(failure)
})

test('what records spans is told of each by its name, and gives the result on', async () => {
  const names: string[] = []
  setSpans(async (name, _, act) => {
    names.push(name)
    return act({ set: () => {} })
  })
  expect(await spanned('login', {}, () => spanned('commit', {}, async () => 7))).toBe(7)
  expect(names).toEqual(['login', 'commit'])
  setSpans(undefined)
})
