/**
 * The regular expression of the same values with each `:` written as `%3A`. Reads what patterns of facts are made of: characters,
 * escapes, classes, groups that capture nothing, alternatives and quantifiers. A class may list `:` or exclude other characters;
 * a range that spans it (`!-~`) is not read.
 */
export function escapeColons(source: string): string {
  return source.replace(tokens, (token) => {
    if (token === '(?:' || !accepts(token, ':')) return token
    if (token === ':') return '(?:%3A)'
    return `(?:${withoutColon(token)}|%3A)`
  })
}

/** A group's beginning, an escape, a class, or a character. */
const tokens = /\(\?:|\\.|\[\^?(?:\\.|[^\]\\])*\]|[.:]/g

const accepts = (token: string, character: string) => new RegExp(`^${token}$`).test(character)

function withoutColon(token: string): string {
  const shorthand = shorthands[token]
  if (shorthand) return shorthand
  if (token.startsWith('[^')) return `[^:${token.slice(2)}`
  const rest = token.replace(/:/g, '')
  if (rest === '[]' || accepts(rest, ':')) throw new Error(`The colon cannot be taken out of ${token}.`)
  return rest
}

const shorthands: Record<string, string> = {
  '.': '[^:\\r\\n\\u2028\\u2029]',
  '\\S': '[^\\s:]',
  '\\W': '[^\\w:]',
  '\\D': '[^\\d:]',
}
