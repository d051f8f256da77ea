import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'

/** Opens a file for reading; rejects where it cannot be opened. A stream of `node:fs` says that by an event, which ends the process if it comes before there is a listener. */
export const openFile = async (path: string): Promise<Readable> => (await open(path)).createReadStream()
