/**
 * The codes a failure carries, its own first, then those of what caused it: Node's (`ECONNREFUSED`), PostgreSQL's
 * (`53100`), SQLite's result codes (`13`), Prisma's (`P1001`). Prisma wraps the driver's failure in several ways.
 */
export function codesOf(failure: unknown): string[] {
  return chainOf(failure).flatMap((link) =>
    ['code', 'errcode', 'originalCode', 'extendedCode'].flatMap((member) => {
      const code = link[member]
      return typeof code === 'string' || typeof code === 'number' ? [String(code)] : []
    }),
  )
}

/** The first line of what the innermost failure says, without its full stop. */
export function messageOf(failure: unknown): string {
  const messages = chainOf(failure).flatMap(({ originalMessage, message }) => originalMessage ?? message ?? [])
  const told = messages.filter((message) => typeof message === 'string' && message !== '')
  const [line = ''] = String(told.at(-1) ?? failure).split('\n', 1)
  return line.replace(/\.$/, '')
}

type Link = Record<string, unknown>

/** The failure and what caused it, outermost first; a few links at most, for a chain may be a ring. */
function chainOf(failure: unknown): Link[] {
  const chain: Link[] = []
  for (let next: unknown = failure; isLink(next) && chain.length < 8; next = causeOf(next)) chain.push(next)
  return chain
}

function causeOf({ errors, cause, meta }: Link): unknown {
  // Node groups the failures of a host with several addresses; the first speaks for all.
  if (Array.isArray(errors)) return errors[0]
  return cause ?? (isLink(meta) ? meta.driverAdapterError : undefined)
}

const isLink = (value: unknown): value is Link => typeof value === 'object' && value !== null
