import { randomBytes } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Writable } from 'node:stream'
import { Refused } from './command'
import { whenInterrupted } from './interruption'

/**
 * Writes a file that is there whole and durable, or not at all: under another name first, which does not stay when the process is
 * interrupted. Only this user may read it.
 * @param write ends the stream it is given
 * @throws Refused when there is such a file already, unless `overwrite` is set
 */
export async function writeWhole<Result>(
  file: string,
  { overwrite }: { overwrite: boolean },
  write: (out: Writable) => Promise<Result>,
): Promise<Result> {
  if (!overwrite && existsSync(file)) {
    throw new Refused(`${file} exists already; name another file, or give --force to replace it.`)
  }
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}.part`
  let handle: FileHandle | null = null
  const leave = whenInterrupted(() => rmSync(draft, { force: true }))
  try {
    handle = await open(draft, 'wx', 0o600)
    const result = await write(handle.createWriteStream({ flush: true }))
    await rename(draft, file)
    await flushFolder(path.dirname(file))
    return result
  } catch (error) {
    await handle?.close().catch(() => {})
    await rm(draft, { force: true })
    throw toRefused(file, error)
  } finally {
    leave()
  }
}

/** So that the new name survives a power failure. Not every system lets a folder be opened. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => null)
  await handle?.sync().catch(() => {})
  await handle?.close()
}

function toRefused(file: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null
  const reasons: Record<string, string> = {
    ENOENT: 'its folder does not exist',
    EACCES: 'this user may not write there',
    EISDIR: 'it is a folder',
    ENOSPC: 'the disk is full',
    EROFS: 'the file system is read-only',
  }
  const reason = typeof code === 'string' ? reasons[code] : undefined
  return reason ? new Refused(`${file} cannot be written: ${reason}.`, { cause: error }) : error
}
