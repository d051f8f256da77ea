import { AppError } from '@/lib/errors'
import { parseJson } from '@/lib/trust/json/json'
import { type ApiRequest, headerOf } from './api-request'

/** The largest body any operation takes. */
export const bodyBytesMax = 1024 * 1024

/** How many values a body may hold, however they nest. A value costs far more than its bytes where it is judged. */
export const bodyValuesMax = 10_000

/**
 * A request's body as a value. No body at all is `{}`: real clients send GET and DELETE with a JSON content type and
 * nothing behind it (docs/apis/infisical.md), and what is missing is then said field by field.
 * @throws AppError `too-large`, `malformed`
 */
export async function readBody(
  request: Pick<ApiRequest, 'headers' | 'body' | 'sent'>,
  types: string[],
  options: { wholeNumbers?: boolean | undefined } = {},
): Promise<unknown> {
  const text = await readText(request)
  if (text.trim() === '') return {}
  const type = (headerOf(request, 'content-type') ?? 'application/json').split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === 'application/x-www-form-urlencoded' && types.includes(type)) {
    return readForm(text)
  }
  if (type !== 'application/json' && !type.endsWith('+json')) {
    throw new AppError('malformed', `The body must be sent as ${types.join(' or ')}, not as ${type || 'nothing'}.`)
  }
  const parsed = parseJson(text, { valuesMax: bodyValuesMax, wholeNumbers: options.wholeNumbers === true })
  if (!parsed.ok && parsed.code === 'values') throw tooManyValues()
  if (!parsed.ok) throw new AppError('malformed', `The body is not JSON: ${parsed.message}`)
  return parsed.value
}

/** A member sent twice means two things (RFC 6749 §3.1). */
function readForm(text: string): Record<string, string> {
  const fields = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(text)) {
    if (fields.has(name)) throw new AppError('malformed', `The form names ${JSON.stringify(name.slice(0, 100))} twice.`)
    if (fields.size >= bodyValuesMax) throw tooManyValues()
    fields.set(name, value)
  }
  return Object.fromEntries(fields)
}

async function readText(request: Pick<ApiRequest, 'headers' | 'body' | 'sent'>): Promise<string> {
  if (Number(headerOf(request, 'content-length') ?? 0) > bodyBytesMax) throw tooLarge()
  if (!request.body) return ''
  const bytes = await readBytes(request.body)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const encoding = headerOf(request, 'content-encoding')?.slice(0, 50)
    const compressed = encoding ? ` It is encoded (${encoding}): send it without Content-Encoding.` : ''
    throw new AppError('malformed', `The body is not UTF-8 text.${compressed}`)
  }
}

/** A caller who went away in the middle is no fault of ours. */
async function readBytes(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of body) {
      size += chunk.byteLength
      if (size > bodyBytesMax) break
      chunks.push(chunk)
    }
  } catch (cause) {
    throw new AppError('malformed', 'The request ended before its body did.', { cause })
  }
  if (size > bodyBytesMax) throw tooLarge()
  return Buffer.concat(chunks)
}

const tooLarge = () => new AppError('too-large', `The body is larger than ${bodyBytesMax} bytes.`)

const tooManyValues = () => new AppError('too-large', `The body holds more than ${bodyValuesMax} values.`)
