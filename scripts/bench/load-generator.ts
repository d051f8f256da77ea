import { performance } from 'node:perf_hooks'
import { Client } from 'undici'
import type { FromGenerator, Load, Measured, ToGenerator } from './load'

/*
 * A process of its own, so that what it costs is not counted as a server's. Each connection sends its next request when the
 * answer to the one before has been read whole.
 */

const pools = new Map<string, string[]>()
/** How many requests of each sequence were made so far, so that no text of a pool is sent twice before it is used up. */
const sent = new Map<string, number>()

process.on('message', async (message: ToGenerator) => {
  if (message.kind === 'pool') {
    pools.set(message.name, message.texts)
    return
  }
  const answer: FromGenerator = await run(message.load).then(
    (measured) => ({ measured }),
    (error: unknown) => ({ problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
  process.send?.(answer)
})

async function run(load: Load): Promise<Measured> {
  const requests = requestsOf(load)
  const latenciesMs: number[] = []
  const failures: Record<string, number> = {}
  let firstFailure: string | null = null
  let bytes = 0
  const clients = Array.from({ length: load.connections }, (_, at) => {
    return new Client(load.origins[at % load.origins.length] ?? '', { pipelining: 1, bodyTimeout: 60_000 })
  })
  const startedMs = performance.now()
  const isOver = () => performance.now() - startedMs >= load.ms || latenciesMs.length >= (load.requestsMax ?? Infinity)
  const work = async (client: Client) => {
    while (!isOver()) {
      const request = requests()
      const askedMs = performance.now()
      try {
        const { statusCode, body } = await client.request(request)
        if (statusCode === load.expected) bytes += (await body.arrayBuffer()).byteLength
        else fail(`status ${statusCode}`, await body.text())
      } catch (error) {
        fail(error instanceof Error ? error.message : String(error))
      }
      latenciesMs.push(performance.now() - askedMs)
    }
  }
  const fail = (name: string, text = '') => {
    failures[name] = (failures[name] ?? 0) + 1
    firstFailure ??= `${name} ${text}`.slice(0, 500)
  }
  await Promise.all(clients.map(work))
  const seconds = (performance.now() - startedMs) / 1000
  await Promise.all(clients.map((client) => client.close()))
  return { latenciesMs: Float64Array.from(latenciesMs), bytes, seconds, failures, firstFailure }
}

/** Returns the function that makes the next request. */
function requestsOf({ method, path, headers, body, sequence, authorizations, hasDistinctCallers }: Load) {
  const texts = body?.pool === undefined ? [''] : (pools.get(body.pool) ?? [])
  if (texts.length === 0) throw new Error(`There is no pool ${body?.pool}.`)
  const paths = typeof path === 'string' ? [path] : path
  return () => {
    const at = sent.get(sequence) ?? 0
    sent.set(sequence, at + 1)
    return {
      method,
      path: inTurn(paths, at),
      headers: {
        ...headers,
        ...(authorizations ? { authorization: inTurn(authorizations, at) } : {}),
        ...(hasDistinctCallers ? { 'x-forwarded-for': callerOf(at) } : {}),
      },
      body: body ? `${inTurn(body.before, at)}${inTurn(texts, at)}${body.after}` : null,
    }
  }
}

const inTurn = (values: readonly string[], at: number) => values[at % values.length] ?? ''

/** Addresses of one IPv6 /64 count as one caller. */
const callerOf = (at: number) => `2001:db8:${(at >> 16).toString(16)}:${(at & 0xffff).toString(16)}::1`
