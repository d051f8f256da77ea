/**
 * Every action that can be on record: noun and past participle. An act writes one of these (`record`), operations declare which of
 * them they write (`records`).
 */
export const auditActions = [
  'organization.created',
  'organization.updated',
  'project.created',
  'retention.updated',

  'identity.created',
  'identity.updated',
  'identity.deleted',
  'trust.created',
  'trust.updated',
  'trust.taken-over',
  'trust.deleted',
  'token-auth.attached',
  'token-auth.updated',
  'token-auth.removed',
  'access-token.issued',
  'access-token.renewed',
  'access-token.renamed',
  'access-token.revoked',

  'key-source.fetched',
  'key-source.looked-up',

  'member.added',
  'member.updated',
  'member.role-changed',
  'member.password-changed',
  'member.reset-link-made',
  'member.password-reset',
  'member.linked',
  'member.unlinked',
  'member.removed',
  'second-factor.begun',
  'second-factor.added',
  'second-factor.removed',
  'second-factor.reset',
  'recovery-code.renewed',
  'recovery-code.used',
  'passkey.added',
  'passkey.renamed',
  'passkey.removed',
  'session.started',
  'session.challenged',
  'session.refused',
  'session.ended',
  'intent.started',
  'intent.retrieved',

  'access.refused',
] as const

export type AuditAction = (typeof auditActions)[number]

/** What a request may leave on record: entries of the audit, or the decision on a token. */
export type Recorded = AuditAction | 'decision'
