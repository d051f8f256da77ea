/** Roles of people and machines in their organization, from most to least rights. */
export const roles = ['admin', 'member', 'auditor', 'no-access'] as const
export type Role = (typeof roles)[number]

/**
 * - `read` sees the organization's trusts, decisions and audit (auditor and above)
 * - `write` manages identities and trusts (member and above)
 * - `administer` manages people and roles (admin)
 */
export type Access = 'read' | 'write' | 'administer'

/** What each access lets a person see and do, in words. */
export const accessWords: Record<Access, { sees: string | null; does: string | null }> = {
  read: { sees: 'Identities, trusts, tokens, logins, incidents, posture, people and the audit', does: null },
  write: { sees: null, does: 'Identities, trusts, access tokens, incidents and mutes' },
  administer: {
    sees: 'Sessions and links of people, whole URLs of streams',
    does: 'People, roles, settings, streams and access reviews',
  },
}

export const lowestRole: Record<Access, Role> = { read: 'auditor', write: 'member', administer: 'admin' }

/** Whether a role includes another: admin ⊇ member ⊇ auditor ⊇ no-access. */
export const roleIncludes = (role: Role, other: Role) => roles.indexOf(role) <= roles.indexOf(other)

/** Whether a role may more than another. */
export const isAbove = (role: Role, other: Role) => !roleIncludes(other, role)

/** Whether a role may do what an access asks. */
export const canAccess = (role: Role, access: Access) => roleIncludes(role, lowestRole[access])

/** A stored or foreign text as a role; what is no role can do nothing. */
export const toRole = (text: string): Role => roles.find((role) => role === text) ?? 'no-access'

/** Accesses that a role has, from the least. */
export const accessOf = (role: Role): Access[] =>
  (['read', 'write', 'administer'] as const).filter((access) => canAccess(role, access))
