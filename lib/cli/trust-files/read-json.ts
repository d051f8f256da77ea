import type { Readable } from 'node:stream'
import { type JsonValue, parseJson } from '@/lib/trust/json/json'
import { type Terminal, WrongUsage } from '../command'
import { openFile } from '../open-file'

/** Bytes of one file, and values in it. */
const [bytesMax, valuesMax] = [16 * 1024 * 1024, 1_000_000]

type Place = Pick<Terminal, 'stdin' | 'pathOf'>

/** What a file is called in messages. */
export const nameOf = (file: string): string => (file === '-' ? 'Standard input' : file)

/** Reads a file of JSON, or the standard input where it is named `-`. @throws WrongUsage */
export async function readJson(file: string, place: Place): Promise<JsonValue> {
  return toJson(file, await readText(file, place))
}

/** @throws WrongUsage that names the place */
export function toJson(file: string, text: string): JsonValue {
  const parsed = parseJson(text, { valuesMax })
  if (parsed.ok) return parsed.value
  const before = text.slice(0, parsed.at)
  const place = `${before.split('\n').length}:${before.length - before.lastIndexOf('\n')}`
  throw new WrongUsage(`${nameOf(file)}:${place}: it is not JSON: ${parsed.message}.`)
}

/** Reads a text, in UTF-8. @throws WrongUsage */
export async function readText(file: string, { stdin, pathOf }: Place): Promise<string> {
  const bytes = await readBytes(file, () => (file === '-' ? stdin : openFile(pathOf(file))))
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new WrongUsage(`${nameOf(file)} is not UTF-8 text.`, { cause })
  }
}

async function readBytes(file: string, source: () => Readable | Promise<Readable>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of await source()) {
      const bytes = Buffer.from(chunk)
      size += bytes.byteLength
      if (size > bytesMax) break
      chunks.push(bytes)
    }
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new WrongUsage(`${nameOf(file)} cannot be read: ${problem}`, { cause })
  }
  if (size > bytesMax) throw new WrongUsage(`${nameOf(file)} is larger than ${bytesMax} bytes.`)
  return Buffer.concat(chunks)
}
