import { kinds } from '@/lib/trust/kinds'
import type { Role } from '@/lib/trust/role'

/** What a role may do, in one line, for whoever chooses one. */
export const roleHelp: Record<Role, string> = {
  admin: 'Everything, people and roles included',
  member: 'Manages identities and trusts',
  auditor: 'Reads everything, changes nothing',
  'no-access': 'May not use Keybound’s own API',
}

/** Names of login methods: the kinds of trust, and those without a trust. An unknown method keeps its own word. */
export const methodName = (method: string): string => methodNames[method] ?? method

const methodNames: Record<string, string> = {
  ...Object.fromEntries(kinds.items.map(({ kind, title }) => [kind, title])),
  token: 'Token Auth',
  test: 'Test',
}

/** A reason code as words: `token_expired` → "Token expired". The code stays what machines use. */
export function reasonWords(reason: string): string {
  const words = reason.replaceAll('_', ' ').replace(/\b(?:tls|kid)\b/g, (acronym) => acronym.toUpperCase())
  return words.charAt(0).toUpperCase() + words.slice(1)
}
