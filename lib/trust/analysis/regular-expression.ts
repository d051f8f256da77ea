import { type CharacterSet, charactersOf, complementOf, onlyOf, setOf } from '../matchers/character-set'

/** A regular expression as a tree. `max` null = any number. */
export type Expression =
  | { kind: 'set'; set: CharacterSet }
  | { kind: 'sequence'; items: Expression[] }
  | { kind: 'either'; items: Expression[] }
  | { kind: 'repeat'; item: Expression; min: number; max: number | null }

/**
 * Reads the source of a JavaScript regular expression that has no anchors, look-around, back references and properties. Null for
 * any other. Characters are code points.
 */
export function parseExpression(source: string): Expression | null {
  const parser = new Parser(source)
  const expression = parser.either()
  return parser.isUnread || !parser.isAtEnd ? null : expression
}

/** Deeper groups are not read. */
const depthMax = 50
const repetitionsMax = 1000

class Parser {
  private readonly characters: string[]
  private at = 0
  private depth = 0
  isUnread = false

  constructor(source: string) {
    this.characters = Array.from(source)
  }

  get isAtEnd(): boolean {
    return this.at >= this.characters.length
  }

  either(): Expression {
    const items = [this.sequence()]
    while (this.take('|')) items.push(this.sequence())
    return items.length === 1 && items[0] ? items[0] : { kind: 'either', items }
  }

  private sequence(): Expression {
    const items: Expression[] = []
    while (!this.isAtEnd && !this.isUnread && this.next !== '|' && this.next !== ')') items.push(this.repeated())
    return { kind: 'sequence', items }
  }

  private repeated(): Expression {
    const item = this.atom()
    const bounds = this.bounds()
    if (!bounds) return item
    this.take('?')
    const { min, max } = bounds
    if (min > repetitionsMax || (max !== null && (max > repetitionsMax || max < min))) this.isUnread = true
    return { kind: 'repeat', item, ...bounds }
  }

  private bounds(): { min: number; max: number | null } | null {
    if (this.take('*')) return { min: 0, max: null }
    if (this.take('+')) return { min: 1, max: null }
    if (this.take('?')) return { min: 0, max: 1 }
    const braces = this.bracesHere()
    if (!braces) return null
    const [text, min = '', comma, max = ''] = braces
    this.at += text.length
    if (comma === undefined) return { min: Number(min), max: Number(min) }
    return { min: Number(min), max: max === '' ? null : Number(max) }
  }

  /** `{2}`, `{2,}` or `{2,5}`; any other brace is a character. */
  private bracesHere(): RegExpExecArray | null {
    return this.next === '{' ? /^\{(\d+)(,)?(\d*)\}/.exec(this.characters.slice(this.at, this.at + 20).join('')) : null
  }

  private atom(): Expression {
    const character = this.characters[this.at++] ?? ''
    if (character === '(') return this.group()
    if (character === '[') return { kind: 'set', set: this.members() }
    if (character === '.') return { kind: 'set', set: complementOf(charactersOf('\n\r\u2028\u2029')) }
    if (character === '\\') return { kind: 'set', set: this.escape() }
    if ('^$*+?'.includes(character)) this.isUnread = true
    return { kind: 'set', set: charactersOf(character) }
  }

  private group(): Expression {
    if (this.take('?') && !this.take(':')) this.isUnread = true
    if (++this.depth > depthMax) this.isUnread = true
    const inside = this.isUnread ? nothing : this.either()
    this.depth--
    if (!this.take(')')) this.isUnread = true
    return inside
  }

  /** A class, after its bracket. */
  private members(): CharacterSet {
    const isNegated = this.take('^')
    const ranges: (readonly [number, number])[] = []
    while (!this.take(']')) {
      if (this.isAtEnd || this.isUnread) {
        this.isUnread = true
        return []
      }
      const first = this.member()
      const isRange = this.next === '-' && this.characters[this.at + 1] !== ']'
      if (!isRange) {
        ranges.push(...first)
        continue
      }
      this.at++
      const last = this.member()
      const [from, to] = [onlyOf(first), onlyOf(last)]
      if (from === null || to === null || from > to) this.isUnread = true
      else ranges.push([from, to])
    }
    return isNegated ? complementOf(setOf(ranges)) : setOf(ranges)
  }

  private member(): CharacterSet {
    const character = this.characters[this.at++] ?? ''
    return character === '\\' ? this.escape() : charactersOf(character)
  }

  private escape(): CharacterSet {
    const character = this.characters[this.at++] ?? ''
    const known = Object.hasOwn(escapes, character) ? escapes[character] : undefined
    if (known) return known
    if (character === 'x') return this.hex(2)
    if (character === 'u') return this.hex(4)
    if (character === '' || /[A-Za-z0-9]/.test(character)) this.isUnread = true
    return charactersOf(character)
  }

  private hex(length: number): CharacterSet {
    const digits = this.characters.slice(this.at, this.at + length).join('')
    if (!/^[0-9a-fA-F]+$/.test(digits) || digits.length !== length) this.isUnread = true
    this.at += length
    const code = Number.parseInt(digits, 16)
    return [[code, code]]
  }

  private get next(): string | undefined {
    return this.characters[this.at]
  }

  private take(character: string): boolean {
    const isHere = this.next === character
    if (isHere) this.at++
    return isHere
  }
}

const nothing: Expression = { kind: 'sequence', items: [] }

const digits = setOf([[0x30, 0x39]])
const word = setOf([...digits, [0x41, 0x5a], [0x5f, 0x5f], [0x61, 0x7a]])
const blank = charactersOf(
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff',
)

const escapes: Record<string, CharacterSet> = {
  ...{ d: digits, w: word, s: blank },
  ...{ D: complementOf(digits), W: complementOf(word), S: complementOf(blank) },
  ...{
    n: charactersOf('\n'),
    r: charactersOf('\r'),
    t: charactersOf('\t'),
    f: charactersOf('\f'),
    v: charactersOf('\v'),
  },
}
