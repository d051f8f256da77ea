import { kindNames, outlineOf } from '@/lib/trust/kinds/outline'
import type { Role } from '@/lib/trust/role'

/** Describes the permissions of a role in one line. */
export const roleHelp: Record<Role, string> = {
  admin: 'Everything, people and roles included',
  member: 'Manages identities and trusts',
  auditor: 'Reads everything, changes nothing',
  'no-access': 'May not use Keybound’s own API',
}

/** Names of login methods: kinds of trust, and methods without one. An unknown method is shown as it is. */
export const methodName = (method: string): string => methodNames[method] ?? method

const methodNames: Record<string, string> = {
  ...Object.fromEntries(kindNames.map((kind) => [kind, outlineOf(kind).title])),
  token: 'Token Auth',
  test: 'Test',
}

/** Returns a reason code as words: `token_expired` → "Token expired". */
export function reasonWords(reason: string): string {
  const words = reason.replaceAll('_', ' ').replace(/\b(?:tls|kid)\b/g, (acronym) => acronym.toUpperCase())
  return words.charAt(0).toUpperCase() + words.slice(1)
}
