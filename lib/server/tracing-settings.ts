type Source = Record<string, string | undefined>

/** Whether the standard variables of OpenTelemetry ask for traces, or why they are not sent although they are asked for. */
export function tracingWanted(source: Source): { isWanted: boolean; problem?: string } {
  const given = (name: string) => source[name]?.trim() ?? ''
  const endpoint = given('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') || given('OTEL_EXPORTER_OTLP_ENDPOINT')
  const exporters = (given('OTEL_TRACES_EXPORTER') || 'otlp').split(',').map((name) => name.trim())
  const isOff = given('OTEL_SDK_DISABLED').toLowerCase() === 'true' || !exporters.includes('otlp')
  if (endpoint === '' || isOff) return { isWanted: false }
  const protocol =
    given('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL') || given('OTEL_EXPORTER_OTLP_PROTOCOL') || 'http/protobuf'
  if (protocol === 'http/protobuf') return { isWanted: true }
  return {
    isWanted: false,
    problem: `OTEL_EXPORTER_OTLP_PROTOCOL is ${JSON.stringify(protocol)}; set it to http/protobuf, and the endpoint to the port that takes it (usually 4318): no traces are sent.`,
  }
}
