const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Calls `undo` when a signal ends this process, which then ends by that signal as if nothing had listened for it.
 * @returns the function that stops listening
 */
export function whenInterrupted(undo: () => void): () => void {
  const leave = () => {
    for (const signal of signals) process.off(signal, interrupted)
  }
  const interrupted = (signal: NodeJS.Signals) => {
    leave()
    undo()
    process.kill(process.pid, signal)
  }
  for (const signal of signals) process.on(signal, interrupted)
  return leave
}
