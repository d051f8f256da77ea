import { createHash } from 'node:crypto'
import { PassThrough, Readable } from 'node:stream'
import { ZipFile } from 'yazl'

export type PackedFile = { name: string; bytes: number; sha256: string }

/** A file of an archive: its text, piece by piece, made when its turn comes. */
export type FileToPack = { name: string; text: (packed: readonly PackedFile[]) => AsyncIterable<string> }

/**
 * A zip archive (APPNOTE 6.3) of files that are made one after the other while it is read; memory does not depend on their lengths. A file is told the
 * sizes and SHA-256 of those before it. An error of a file cuts the archive off.
 */
export async function* zipOf(files: readonly FileToPack[], mtime: Date): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile()
  const packed: PackedFile[] = []
  const out = new PassThrough()
  zip.outputStream.pipe(out)
  const fail = (error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error)))
  zip.on('error', fail)
  const options = { mtime, mode: 0o100644, compress: true }
  let [open, isLeft]: [Readable | null, boolean] = [null, false]
  for (const { name, text } of files) {
    // Asked for when the files before it are in the archive.
    zip.addReadStreamLazy(name, options, (taken) => {
      if (isLeft) return
      open = Readable.from(measured(name, text(packed), packed))
      open.on('error', fail)
      taken(null, open)
    })
  }
  zip.end()
  try {
    yield* out
  } finally {
    // Left early: what is being made is ended as well, and nothing further is begun.
    isLeft = true
    ;(open as Readable | null)?.destroy()
    out.destroy()
  }
}

async function* measured(name: string, text: AsyncIterable<string>, packed: PackedFile[]): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of text) {
    const part = Buffer.from(piece)
    hash.update(part)
    bytes += part.length
    yield part
  }
  packed.push({ name, bytes, sha256: hash.digest('hex') })
}
