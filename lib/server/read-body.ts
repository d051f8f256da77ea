import { AppError } from '@/lib/errors'
import { parseJson } from '@/lib/trust/json'

/** The largest body any operation takes. */
export const bodyBytesMax = 1024 * 1024

/**
 * A request's body as a value. No body at all is `{}`: real clients send GET and DELETE with a JSON content type and
 * nothing behind it (INFISICAL.md), and what is missing is then said field by field.
 * @throws AppError `too-large`, `malformed`
 */
export async function readBody(
  request: Request,
  types: string[],
  options: { wholeNumbers?: boolean | undefined } = {},
): Promise<unknown> {
  const text = await readText(request)
  if (text.trim() === '') return {}
  const type = (request.headers.get('content-type') ?? 'application/json').split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === 'application/x-www-form-urlencoded' && types.includes(type)) {
    return readForm(text)
  }
  if (type !== 'application/json' && !type.endsWith('+json')) {
    throw new AppError('malformed', `The body must be sent as ${types.join(' or ')}, not as ${type || 'nothing'}.`)
  }
  const parsed = parseJson(text, { wholeNumbers: options.wholeNumbers === true })
  if (!parsed.ok) throw new AppError('malformed', `The body is not JSON: ${parsed.message}`)
  return parsed.value
}

/** A member sent twice means two things (RFC 6749 §3.1). */
function readForm(text: string): Record<string, string> {
  const fields = new URLSearchParams(text)
  const twice = [...fields.keys()].find((key) => fields.getAll(key).length > 1)
  if (twice !== undefined) throw new AppError('malformed', `The form names ${JSON.stringify(twice)} twice.`)
  return Object.fromEntries(fields)
}

async function readText(request: Request): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > bodyBytesMax) throw tooLarge()
  if (!request.body) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body) {
    size += chunk.byteLength
    if (size > bodyBytesMax) throw tooLarge()
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new AppError('malformed', 'The body is not UTF-8 text.')
  }
}

const tooLarge = () => new AppError('too-large', `The body is larger than ${bodyBytesMax} bytes.`)
