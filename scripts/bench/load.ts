import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { percentile } from './statistics'

/** Requests that are sent for a while. */
export type Load = {
  /** Connections are spread evenly over them. */
  origins: string[]
  connections: number
  ms: number
  /** Ends earlier after so many. */
  requestsMax?: number
  method: 'GET' | 'POST'
  /** One, or several in turn. */
  path: string | string[]
  headers: Record<string, string>
  /** Each body is a text of `before` in turn, one of the pool in turn, and `after`. */
  body?: { before: string[]; pool?: string; after: string }
  /** Authorization headers, taken in turn. */
  authorizations?: string[]
  /** Whether each request says that it comes from another address (`X-Forwarded-For`). */
  hasDistinctCallers?: boolean
  /** Loads of one sequence go on where the one before ended. */
  sequence: string
  expected: number
}

export type Measured = {
  latenciesMs: Float64Array
  /** Of all bodies of answers. */
  bytes: number
  seconds: number
  /** Answers with another status than expected, and lost ones, by what was wrong. */
  failures: Record<string, number>
  firstFailure: string | null
}

export type ToGenerator = { kind: 'pool'; name: string; texts: string[] } | { kind: 'run'; load: Load }
export type FromGenerator = { measured: Measured } | { problem: string }

export type Generator = {
  /** Hands over texts that bodies are made of. */
  pool(name: string, texts: string[]): void
  run(load: Load): Promise<Measured>
  stop(): Promise<void>
}

/** Starts the load generator as a process of its own. */
export function startGenerator(): Generator {
  const child = fork(fileURLToPath(new URL('./load-generator.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
  })
  const tell = (message: ToGenerator) => child.send(message)
  return {
    pool: (name, texts) => void tell({ kind: 'pool', name, texts }),
    async run(load) {
      tell({ kind: 'run', load })
      const [answer] = (await once(child, 'message')) as [FromGenerator]
      if ('problem' in answer) throw new Error(answer.problem)
      return answer.measured
    },
    async stop() {
      const exited = once(child, 'exit')
      child.kill()
      await exited
    },
  }
}

export const requestsPerSecond = ({ latenciesMs, seconds }: Measured) => latenciesMs.length / seconds
export const failuresOf = ({ failures }: Measured) => Object.values(failures).reduce((sum, count) => sum + count, 0)
export const latencyMs = (all: readonly Measured[], share: number) =>
  percentile(
    all.flatMap(({ latenciesMs }) => [...latenciesMs]),
    share,
  )
