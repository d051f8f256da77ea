/** A text without colours of terminals, and without characters that have no width or turn the direction of a line. */
export const withoutMarks = (text: string): string => text.replace(colours, '').replace(marks, '')

// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape begins with a control character (ECMA-48 §5.4)
const colours = /\u001b\[[\d;]{0,20}m/g
const marks = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/** A text whose escapes are characters: those of URLs, and those of JSON and of programs, whose line breaks become blanks. */
export const unescaped = (text: string): string =>
  text
    .replace(/%([2-7][\da-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\u00([2-7][\da-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\[nrt"'\\/]/g, ' ')

/** How base64url of a JSON object begins, as a regular expression: of `{"`, or `{` and a blank or a line break. */
export const tokenBegin = '(?:eyJ|ewo|ew0|ewk|eyA)'

const rest = '[\\w-]*(?:\\.[\\w-]*){0,2}["\'`]?[;,)\\]}]*[ \\t]*(?:[\\\\`^+][ \\t]*)?(?:\\r?\\n|$)'
const cut = new RegExp(
  `([\\w.-])["'\`]?[ \\t]{0,8}[\\\\\`^+]?[ \\t]{0,8}\\r?\\n[ \\t>]*["'\`]?(?!${tokenBegin})(?=${rest})`,
  'g',
)

/**
 * Joins lines of which the next is nothing but base64url and dots: a token that was cut into lines, also as texts of a program
 * or with a mark at the line's end. A line that begins another token stays.
 */
export const joinedLines = (text: string): string => text.replace(cut, '$1')

/** Bytes of signatures: HMAC, ECDSA, EdDSA and RSA of the usual sizes (RFC 7518 §3, RFC 8037 §3.1). */
const signatureBytes = new Set([32, 48, 64, 96, 114, 128, 132, 256, 384, 512])

/** Whether the last segment of a token has as many bytes as signatures usually have. */
export const isUsualSignature = (token: string): boolean => {
  const last = token.slice(token.lastIndexOf('.') + 1).replace(/=+$/, '')
  return signatureBytes.has(Math.floor((last.length * 3) / 4))
}
