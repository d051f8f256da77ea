import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { freemem } from 'node:os'
import path from 'node:path'

const memory = '/dev/shm'
const [placeBytesMin, freeBytesMin] = [4e9, 8e9]

/**
 * Makes a folder for the temporary files of a run, databases included. It is removed when this process ends, also by a signal.
 * @param {string} parent
 * @returns {string} its path
 */
export function temporaryFolder(parent) {
  const folder = mkdtempSync(path.join(parent, 'keybound-'))
  // PostgreSQL runs as another user where this process is root.
  chmodSync(folder, 0o755)
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  process.once('exit', remove)
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      // After what ends the servers that write there.
      process.off('exit', remove).once('exit', remove)
      process.exit(1)
    })
  }
  return folder
}

/**
 * Where files are in memory and not on a disk; null where there is no such place or too little memory. Databases of tests wait for the
 * disk at every commit, and nothing that they hold has to last.
 * @returns {string | null}
 */
export function placeInMemory() {
  return freemem() >= freeBytesMin && freeBytesOf(memory) >= placeBytesMin ? memory : null
}

function freeBytesOf(place) {
  try {
    const { bavail, bsize } = statfsSync(place)
    return bavail * bsize
  } catch {
    return 0
  }
}
