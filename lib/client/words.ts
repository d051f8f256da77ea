import type { Role } from '@/lib/trust/role'

/** What a role may do, in one line, for whoever chooses one. */
export const roleHelp: Record<Role, string> = {
  admin: 'Everything, people and roles included',
  member: 'Manages identities and trusts',
  auditor: 'Reads everything, changes nothing',
  'no-access': 'May not use Keybound’s own API',
}

/** Names of login methods, as their APIs call them. A method we do not know keeps its own word. */
export const methodName = (method: string): string => methodNames[method] ?? method

const methodNames: Record<string, string> = {
  jwt: 'JWT Auth',
  oidc: 'OIDC Auth',
  token: 'Token Auth',
  issuer: 'Issuer',
  test: 'Test',
  'sign-in': 'Sign-in',
}

/** A reason code as words: `token_expired` → "Token expired". The code stays what machines use. */
export function reasonWords(reason: string): string {
  const words = reason.replaceAll('_', ' ').replace(/\b(?:tls|kid)\b/g, (acronym) => acronym.toUpperCase())
  return words.charAt(0).toUpperCase() + words.slice(1)
}
