import { blanks } from '../unwrap-text'

/** One block of a text (RFC 7468): its label, its bytes, and its position. */
export type PemBody = {
  label: string
  /** Null when the text between the lines is not base64, or there is no END line. */
  der: Uint8Array<ArrayBuffer> | null
  /** The fault, as a sentence; null when it was read. */
  problem: string | null
  code: 'unfinished' | 'bad_base64' | null
  /** The line of its BEGIN, from 1. */
  line: number
  /** The block as it was written, with the escapes of its text undone. */
  text: string
}

/**
 * The blocks of a text, in order. The lines may be indented, end in CRLF, or be lost; line ends may be escaped (`\n`, `%0A`),
 * and any text may surround a block: comments, YAML, JSON, the print of `openssl x509 -text`. Headers inside a block
 * (RFC 1421 §4.6) are passed over, as OpenSSL and Go do. Linear in the text.
 */
export function pemBodies(pasted: string): PemBody[] {
  const text = withoutEscapes(pasted)
  const bounds = [...text.matchAll(/-----(BEGIN|END) ([A-Z0-9][A-Za-z0-9 ]{0,59})-----/g)]
  const lineOf = lineCounter(text)
  return bounds.flatMap((begin, at): PemBody[] => {
    const [bound, word, label = ''] = begin
    if (word !== 'BEGIN') return []
    const line = lineOf(begin.index)
    const end = bounds[at + 1]
    if (end?.[1] !== 'END' || end[2] !== label) {
      const problem = `The block ${label} that begins on line ${line} has no matching -----END ${label}----- line: part of it is missing.`
      const block = text.slice(begin.index, end?.index)
      return [{ label, der: null, problem, code: 'unfinished', line, text: block }]
    }
    const block = text.slice(begin.index, end.index + end[0].length)
    const { der, problem } = readBody(text.slice(begin.index + bound.length, end.index), label, line)
    return [{ label, der, problem, code: der ? null : 'bad_base64', line, text: block }]
  })
}

type Body = { der: Uint8Array<ArrayBuffer> | null; problem: string | null }

function readBody(between: string, label: string, firstLine: number): Body {
  const lines = between.split('\n')
  let isHeader = true
  let base64 = ''
  for (const [at, written] of lines.entries()) {
    const line = written.replace(blanks, '')
    isHeader &&= line === '' || line.includes(':')
    if (isHeader) continue
    const foreign = /[^A-Za-z0-9+/=]/.exec(line)
    if (foreign) {
      const character = JSON.stringify(foreign[0])
      const problem = `Line ${firstLine + at}, inside the block ${label}, holds ${character} where only base64 is allowed.`
      return { der: null, problem }
    }
    base64 += line
  }
  if (/^[^=]+={0,2}$/.test(base64) && base64.length % 4 === 0) {
    return { der: Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)), problem: null }
  }
  const problem = `The block ${label} on line ${firstLine} holds ${base64.length} characters of base64, which are no whole bytes: part of it is missing.`
  return { der: null, problem }
}

/** Line ends as `\n`, also those that a program or a URL wrote as an escape. */
function withoutEscapes(pasted: string): string {
  let text = pasted.replace(/\r\n?/g, '\n')
  if (/-----BEGIN(?:%20|\+)/.test(text)) text = text.replace(/%([2-7][0-9A-F]|0[AD])/gi, (_, hex) => characterOf(hex))
  if (!text.includes('\\')) return text
  // Bounded runs of backslashes: an open one would be tried from each of its places.
  return text
    .replace(/\\{1,4}u00([0-7][0-9a-f])/gi, (_, hex) => characterOf(hex))
    .replace(/\\{1,4}(?:r\\{1,4}n|n|r)/g, '\n')
    .replace(/\\{1,4}t/g, ' ')
    .replace(/\\{1,4}\//g, '/')
    .replace(/\\{1,4}(?=\n)/g, '')
}

const characterOf = (hex: string) => String.fromCharCode(Number.parseInt(hex, 16))

/** The line of an offset, from 1; offsets must not decrease. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1
  let at = 0
  return (offset) => {
    for (; at < offset; at++) if (text[at] === '\n') line++
    return line
  }
}
