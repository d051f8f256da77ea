import type { Readable } from 'node:stream'
import { Refused } from '../command'

/** Far more than a record of some kilobytes in JSON. */
const lineBytesMax = 8 * 1024 * 1024

/** Lines of a text, one in memory at a time. @throws Refused for one that is too long */
export async function* readLines(input: Readable): AsyncGenerator<string> {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const chunk of input) {
    rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true })
    const lines = rest.split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > lineBytesMax) throw new Refused('The file has a line that is too long for a log.')
    for (const line of lines) if (line !== '') yield line
  }
  if (rest !== '') yield rest
}
