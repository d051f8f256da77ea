import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/**
 * Makes one folder for all temporary files of a run, databases included, and returns the function that removes it. It is also
 * removed when the run is ended by a signal.
 */
export function useTemporaryFolder(): () => void {
  const folder = mkdtempSync(path.join(tmpdir(), 'keybound-bench-'))
  // PostgreSQL runs as another user where this process is root.
  chmodSync(folder, 0o755)
  process.env.TMPDIR = folder
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  // Servers end with this process where it ends by itself, which it does not by a signal.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      process.once('exit', remove)
      process.exit(1)
    })
  }
  return remove
}
