import { BackupError } from './backup-error'

/** Splits bytes into lines, without their newlines. @throws BackupError for a line that is too long, or a last one that does not end */
export async function* linesOf(
  chunks: AsyncIterable<Buffer>,
  bytesMax: { first: number; other: number },
): AsyncGenerator<Buffer> {
  let begun: Buffer[] = []
  let begunBytes = 0
  let max = bytesMax.first
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(newline, from); end !== -1; end = chunk.indexOf(newline, from)) {
      const rest = chunk.subarray(from, end)
      requireBytes(begunBytes + rest.length, max)
      yield begun.length === 0 ? rest : Buffer.concat([...begun, rest])
      begun = []
      begunBytes = 0
      max = bytesMax.other
      from = end + 1
    }
    if (from < chunk.length) begun.push(chunk.subarray(from))
    begunBytes += chunk.length - from
    requireBytes(begunBytes, max)
  }
  if (begunBytes > 0) throw new BackupError(cutOff)
}

export const cutOff = 'The file ends before the backup does: it was cut off; take another copy of it.'

const newline = 0x0a

function requireBytes(bytes: number, max: number): void {
  if (bytes > max)
    throw new BackupError('The file is no backup of Keybound, or it was changed: it has a line that is too long.')
}
