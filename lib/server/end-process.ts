/** Longer than requests are waited for and traces are sent. */
const patienceMs = 25_000

/**
 * Does what a process does at its end, then ends it: with 0, or with 1 where that failed or went on for too long, as it may when the
 * database is gone. A process that listens no longer is of no use, and nothing would start another in its place.
 */
export async function endProcess(
  finish: () => Promise<unknown>,
  exit: (code: number) => unknown = (code) => process.exit(code),
): Promise<void> {
  const timer = setTimeout(() => exit(1), patienceMs)
  const isDone = await finish().then(
    () => true,
    () => false,
  )
  clearTimeout(timer)
  exit(isDone ? 0 : 1)
}
