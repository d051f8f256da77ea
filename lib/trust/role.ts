/** What a person or machine may do in its organization, from most to least. */
export const roles = ['admin', 'member', 'auditor', 'no-access'] as const
export type Role = (typeof roles)[number]

/**
 * - `read` sees the organization's trusts, decisions and audit (auditor and above)
 * - `write` manages identities and trusts (member and above)
 * - `administer` manages people and roles (admin)
 */
export type Access = 'read' | 'write' | 'administer'

export const lowestRole: Record<Access, Role> = { read: 'auditor', write: 'member', administer: 'admin' }

/** Whether a role includes another: admin ⊇ member ⊇ auditor ⊇ no-access. */
export const roleIncludes = (role: Role, other: Role) => roles.indexOf(role) <= roles.indexOf(other)

/** Whether a role may more than another. */
export const isAbove = (role: Role, other: Role) => !roleIncludes(other, role)

/** Whether a role may do what an access asks. */
export const canAccess = (role: Role, access: Access) => roleIncludes(role, lowestRole[access])

/** A stored or foreign text as a role; what is no role can do nothing. */
export const toRole = (text: string): Role => roles.find((role) => role === text) ?? 'no-access'
