import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import path from 'node:path'

/** The secret in the data folder, made by whichever process comes first. */
export function keptSecret(dataFolder: string): { secret: string; path: string; isNew: boolean } {
  const file = path.join(dataFolder, 'secret')
  const said = <Result>(act: () => Result, sentence: (problem: string) => string): Result => {
    try {
      return act()
    } catch (cause) {
      if (cause instanceof EnvError) throw cause
      throw new EnvError(sentence(cause instanceof Error ? cause.message : String(cause)), { cause })
    }
  }
  said(
    () => makeFolder(dataFolder),
    (problem) =>
      `The folder ${dataFolder} cannot be made (${problem}); make its parent writable or change DATABASE_URL.`,
  )
  const known = said(
    () => readSecret(file),
    (problem) =>
      `The secret file ${file} cannot be read (${problem}); make it a file that this user may read, or set KEYBOUND_SECRET.`,
  )
  const secret =
    known ??
    said(
      () => makeSecret(file),
      (problem) =>
        `The secret cannot be kept in ${file} (${problem}); make ${dataFolder} writable for this user or set KEYBOUND_SECRET.`,
    )
  return { secret, path: file, isNew: known === null }
}

/** Removes a secret that was made just now, where it turns out that there is another already. */
export function forgetNewSecret(secretFile: { path: string; isNew: boolean } | null): void {
  if (secretFile?.isNew) rmSync(secretFile.path, { force: true })
}

function readSecret(file: string): string | null {
  try {
    const secret = readFileSync(file, 'utf8').trim()
    if (secret.length >= 32) return secret
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null
    throw cause
  }
  throw new EnvError(`${file} does not hold a secret of at least 32 characters; restore it from a backup or delete it.`)
}

/** Written whole under another name, then linked: no other process ever reads half a secret, and the first one wins. */
function makeSecret(file: string): string {
  const draft = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`
  const handle = openSync(/* turbopackIgnore: true */ draft, 'wx', 0o600)
  try {
    writeSync(handle, `${randomBytes(32).toString('base64url')}\n`)
    fsyncSync(handle)
    linkSync(draft, file)
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause
  } finally {
    closeSync(handle)
    rmSync(draft, { force: true })
  }
  const secret = readSecret(file)
  if (secret === null) throw new EnvError(`${file} disappeared while it was being made; start again.`)
  return secret
}

/** Makes `folder` and what is missing above it. Node's own `recursive` never returns where the system has no such place. */
export function makeFolder(folder: string): void {
  if (isFolder(folder)) return
  makeFolder(path.dirname(folder))
  try {
    mkdirSync(folder)
  } catch (cause) {
    // Another process may have been quicker.
    if (!isFolder(folder)) throw cause
  }
}

const isFolder = (place: string) => statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false

/** A setting is wrong. The message is one sentence that says what to change. */
export class EnvError extends Error {
  override name = 'EnvError'
}
