import { shortenText } from '../cut-text'

/** A JSON value whose integers beyond 2^53 are bigint, so that nothing a token says is rounded. */
export type JsonValue = null | boolean | number | bigint | string | JsonValue[] | JsonObject
export type JsonObject = { [name: string]: JsonValue }

/**
 * `syntax` also covers trailing text; `number` a number too large for any reader, such as 1e400; `values` more values than were
 * allowed.
 */
export type JsonProblem = 'syntax' | 'duplicate' | 'depth' | 'number' | 'surrogate' | 'values'

export type JsonResult =
  | { ok: true; value: JsonValue }
  /** `at` is the offset, in UTF-16 units, where reading stopped. */
  | { ok: false; code: JsonProblem; message: string; at: number }

/**
 * Reads JSON (RFC 8259) as I-JSON (RFC 7493) asks: no duplicate members, no lone surrogates, no number that becomes
 * infinite. Objects have no prototype, so a member named `__proto__` is a member and nothing more. Never throws.
 * @param valuesMax how many values the text may hold, itself and those inside counted: reading stops there, so that the work a
 * text can ask for is bounded by more than its length
 * @param wholeNumbers a number that is not written as a whole one (`1e3`, `1.0`) is read as NaN, which no schema takes, so
 * that what is refused is a field with a name
 */
export function parseJson(
  text: string,
  options: { depthMax?: number; valuesMax?: number; wholeNumbers?: boolean } = {},
): JsonResult {
  const reader = new Reader(text, {
    depthMax: 64,
    valuesMax: Number.POSITIVE_INFINITY,
    wholeNumbers: false,
    ...options,
  })
  try {
    return { ok: true, value: reader.document() }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, code: error.code, message: error.message, at: error.at }
    throw error
  }
}

/** Writes JSON with every bigint as the exact integer it is. */
export function stringifyJson(value: JsonValue, indent = 0): string {
  return write(value, indent, '')
}

/** The same value for readers that know no bigint: integers beyond 2^53 become decimal text. */
export function toPlainJson(value: JsonValue): PlainJson {
  if (typeof value === 'bigint') return value.toString()
  if (Array.isArray(value)) return value.map(toPlainJson)
  if (!isJsonObject(value)) return value
  const plain: { [name: string]: PlainJson } = Object.create(null)
  for (const [name, member] of Object.entries(value)) plain[name] = toPlainJson(member)
  return plain
}
export type PlainJson = null | boolean | number | string | PlainJson[] | { [name: string]: PlainJson }

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The type of a value in words, with its article: what a message says it is. */
export function typeWords(value: JsonValue): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'string') return 'text'
  if (typeof value === 'boolean') return 'true or false'
  return typeof value === 'object' ? 'an object' : 'a number'
}

class Refusal extends Error {
  constructor(
    readonly code: JsonProblem,
    message: string,
    readonly at: number,
  ) {
    super(message)
  }
}

// Sticky and without nested repetition: it reads forward only, so the whole text is read once.
const number = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y

/** UTF-16 code units with a meaning in JSON. */
const unit = {
  ...{ quote: 0x22, backslash: 0x5c, space: 0x20, tab: 0x09, lineFeed: 0x0a, carriageReturn: 0x0d },
  /** The first of them. */
  surrogates: 0xd800,
} as const

class Reader {
  private at = 0

  private values = 0

  constructor(
    private readonly text: string,
    private readonly options: { depthMax: number; valuesMax: number; wholeNumbers: boolean },
  ) {}

  document(): JsonValue {
    this.skipBlank()
    const value = this.value(0)
    this.skipBlank()
    if (this.at < this.text.length) this.refuse('syntax', 'there is text after the end of the JSON')
    return value
  }

  private value(depth: number): JsonValue {
    const { depthMax, valuesMax } = this.options
    if (++this.values > valuesMax) this.refuse('values', `it holds more than ${valuesMax} values`)
    const first = this.text[this.at]
    if (first === '{' || first === '[') {
      if (depth >= depthMax) this.refuse('depth', `it nests deeper than ${depthMax} levels`)
      return first === '{' ? this.object(depth + 1) : this.array(depth + 1)
    }
    if (first === '"') return this.string()
    if (first === 't' && this.takeWord('true')) return true
    if (first === 'f' && this.takeWord('false')) return false
    if (first === 'n' && this.takeWord('null')) return null
    return this.number()
  }

  private object(depth: number): JsonObject {
    const object: JsonObject = Object.create(null)
    this.at++
    this.skipBlank()
    if (this.take('}')) return object
    for (;;) {
      const nameAt = this.at
      if (this.text[this.at] !== '"') this.refuse('syntax', 'a member name in double quotes was expected')
      const name = this.string()
      if (Object.hasOwn(object, name)) {
        throw new Refusal('duplicate', `the member ${shorten(name)} appears twice`, nameAt)
      }
      this.skipBlank()
      if (!this.take(':')) this.refuse('syntax', 'a ":" was expected')
      this.skipBlank()
      object[name] = this.value(depth)
      this.skipBlank()
      if (this.take('}')) return object
      if (!this.take(',')) this.refuse('syntax', 'a "," or "}" was expected')
      this.skipBlank()
    }
  }

  private array(depth: number): JsonValue[] {
    const array: JsonValue[] = []
    this.at++
    this.skipBlank()
    if (this.take(']')) return array
    for (;;) {
      array.push(this.value(depth))
      this.skipBlank()
      if (this.take(']')) return array
      if (!this.take(',')) this.refuse('syntax', 'a "," or "]" was expected')
      this.skipBlank()
    }
  }

  private string(): string {
    const start = this.at
    const isPlain = this.skipToQuote()
    const written = this.text.slice(start + 1, this.at)
    this.at++
    if (isPlain) return written
    const value = written.includes('\\') ? this.unescaped(start) : written
    if (/\p{Surrogate}/u.test(value)) throw new Refusal('surrogate', 'a string holds half of a surrogate pair', start)
    return value
  }

  /** Moves from a string's first quote to its last, and returns whether the text between them is its value: no escapes, no surrogates. */
  private skipToQuote(): boolean {
    let isPlain = true
    for (;;) {
      const code = this.text.charCodeAt(++this.at)
      if (code === unit.quote) return isPlain
      // NaN, at the end of the text, is not below either.
      if (!(code >= unit.space)) this.refuse('syntax', 'a string does not end, or holds a control character')
      if (code >= unit.surrogates) isPlain = false
      if (code !== unit.backslash) continue
      isPlain = false
      this.at++
    }
  }

  /** The value of a string with escapes. JSON.parse takes a hundredth of the time that decoding escapes one by one takes. */
  private unescaped(start: number): string {
    try {
      return String(JSON.parse(this.text.slice(start, this.at)))
    } catch {
      throw new Refusal('syntax', 'a string holds an unknown escape, or a \\u without four hexadecimal digits', start)
    }
  }

  private number(): number | bigint {
    const start = this.at
    number.lastIndex = start
    const found = number.exec(this.text)
    if (!found) {
      this.refuse('syntax', start < this.text.length ? 'a JSON value was expected' : 'the JSON ends too early')
    }
    this.at = number.lastIndex
    const value = Number(found[0])
    const isInteger = found[1] === undefined && found[2] === undefined
    if (this.options.wholeNumbers && !(isInteger && Number.isFinite(value))) return Number.NaN
    if (!Number.isFinite(value)) throw new Refusal('number', 'a number is too large to be read', start)
    if (isInteger && !Number.isSafeInteger(value)) return BigInt(found[0])
    return value
  }

  private skipBlank() {
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      // Most often there is none.
      if (code > unit.space || !isBlank(code)) return
      this.at++
    }
  }

  private takeWord(word: string): boolean {
    if (!this.text.startsWith(word, this.at)) return false
    this.at += word.length
    return true
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false
    this.at++
    return true
  }

  private refuse(code: JsonProblem, message: string): never {
    throw new Refusal(code, message, this.at)
  }
}

const isBlank = (code: number) =>
  code === unit.space || code === unit.tab || code === unit.lineFeed || code === unit.carriageReturn

function shorten(name: string): string {
  return JSON.stringify(shortenText(name, 60))
}

function write(value: JsonValue, indent: number, margin: string): string {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = margin + ' '.repeat(indent)
  const parts = Array.isArray(value)
    ? value.map((item) => write(item, indent, inner))
    : Object.entries(value).map(
        ([name, member]) => `${JSON.stringify(name)}:${indent ? ' ' : ''}${write(member, indent, inner)}`,
      )
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  if (parts.length === 0) return open + close
  if (indent === 0) return open + parts.join(',') + close
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${margin}${close}`
}
