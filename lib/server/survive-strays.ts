import type { EventEmitter } from 'node:events'
import { log } from './log'

type Process = EventEmitter & {
  stdout: EventEmitter
  stderr: EventEmitter
  exit: (code: number) => void
}

/**
 * What happens to failures that nothing waits for. A promise that fails unheard is logged and the server goes on, for nothing is
 * half done by it. An exception that nothing catches may leave anything half done: it is logged, and the process ends with 1, to be
 * started again. Output that is read no longer (a closed pipe) ends nothing.
 */
export function surviveStrays(on: Process = process): void {
  on.on('unhandledRejection', (reason: unknown) =>
    log.error({ err: asError(reason) }, 'a promise failed and nothing waited for it'),
  )
  on.on('uncaughtException', (error: unknown) => {
    log.fatal({ err: asError(error) }, 'an exception was caught nowhere; the server ends')
    on.exit(1)
  })
  for (const stream of [on.stdout, on.stderr]) stream.on('error', () => {})
}

const asError = (thrown: unknown) => (thrown instanceof Error ? thrown : new Error(String(thrown)))
