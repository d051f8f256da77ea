/**
 * Whether a text holds what can be a token or most of one, also without its first characters or cut by line breaks: two neighbouring segments
 * of base64url, at least one of them long. Such a text goes into no request: what is missing can be guessed. Names of hosts have no
 * capitals, and names in code no such length.
 */
export function holdsToken(text: string): boolean {
  return [text, text.replaceAll(/\s/g, '')].some((spelling) =>
    spelling.split(/[^\w.-]+/).some((run) => {
      const segments = run.split('.')
      return segments.some((segment, at) => isOfToken(segment, segments[at + 1] ?? ''))
    }),
  )
}

const isOfToken = (one: string, next: string) =>
  Math.min(one.length, next.length) >= 10 &&
  Math.max(one.length, next.length) >= 32 &&
  /[A-Z]/.test(one + next) &&
  /[a-z]/.test(one + next)
