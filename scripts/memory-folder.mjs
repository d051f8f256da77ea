import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { freemem } from 'node:os'
import path from 'node:path'

const shared = '/dev/shm'
const [folderBytesMin, freeBytesMin] = [4e9, 8e9]

/**
 * Makes a folder in memory for what tests write, and removes it when this process ends; null where there is no such place or too
 * little memory. Databases of tests wait for the disk at every commit, and nothing that they hold has to last.
 * @returns {string | null}
 */
export function memoryFolder() {
  if (freemem() < freeBytesMin || freeBytesOf(shared) < folderBytesMin) return null
  const folder = mkdtempSync(path.join(shared, 'keybound-tests-'))
  // PostgreSQL runs as another user where this process is root.
  chmodSync(folder, 0o755)
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1))
  return folder
}

function freeBytesOf(place) {
  try {
    const { bavail, bsize } = statfsSync(place)
    return bavail * bsize
  } catch {
    return 0
  }
}
