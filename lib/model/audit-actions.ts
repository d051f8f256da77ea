/** Kinds of target: the noun before the dot of an action, and its name in the filters. */
export const auditGroups = {
  identity: 'Identities',
  trust: 'Trusts',
  finding: 'Findings',
  'token-auth': 'Token Auth',
  'access-token': 'Access tokens',
  'decoy-token': 'Decoy tokens',
  'token-inbox': 'Token inboxes',
  'key-source': 'Key sources',
  session: 'Sign-ins',
  intent: 'Sign-ins of applications',
  access: 'Refused access',
  member: 'Members',
  'second-factor': 'Second factors',
  'recovery-code': 'Recovery codes',
  passkey: 'Passkeys',
  organization: 'Organization',
  project: 'Projects',
  retention: 'Retention',
  'signing-key': 'Signing keys',
  secret: 'Secret',
  log: 'Evidence log',
  incident: 'Incidents',
  stream: 'Streams',
  review: 'Access reviews',
} as const
export type AuditGroup = keyof typeof auditGroups

/** Kinds of actor, and their names in the filters. */
export const actorKinds = {
  user: 'People',
  identity: 'Identities',
  issuer: 'Issuers',
  anonymous: 'Not signed in',
  system: 'Keybound itself',
} as const
export type ActorKind = keyof typeof actorKinds

type ActionRow = {
  title: string
  /** The entry has the state before the act. */
  before?: true
  /** The entry has the state after the act, or its details. */
  after?: true | 'sometimes'
}

/**
 * Every audit action: noun and past participle. `record` writes these only, operations declare which of them they write
 * (`records`), and the filters offer their groups.
 */
export const auditActions = {
  'organization.created': { title: 'Organization created', after: true },
  'organization.updated': { title: 'Organization updated', before: true, after: true },
  'project.created': { title: 'Project created' },
  'retention.updated': { title: 'Retention updated', before: true, after: true },
  'identity.created': { title: 'Identity created', after: true },
  'identity.updated': { title: 'Identity updated', before: true, after: true },
  'identity.deleted': { title: 'Identity deleted', before: true },
  'trust.created': { title: 'Trust created', after: true },
  'trust.updated': { title: 'Trust updated', before: true, after: true },
  'trust.taken-over': { title: 'Trust taken over', before: true, after: true },
  'trust.frozen': { title: 'Trust frozen', after: true },
  'trust.freeze-lifted': { title: 'Freeze lifted', before: true },
  'trust.deleted': { title: 'Trust deleted', before: true, after: true },
  'finding.muted': { title: 'Finding muted', before: true, after: true },
  'finding.unmuted': { title: 'Finding unmuted', before: true },
  'token-auth.attached': { title: 'Token auth attached', after: true },
  'token-auth.updated': { title: 'Token auth updated', before: true, after: true },
  'token-auth.removed': { title: 'Token auth removed', before: true },
  'access-token.issued': { title: 'Access token issued', after: true },
  'access-token.renewed': { title: 'Access token renewed', before: true, after: true },
  'access-token.renamed': { title: 'Access token renamed', before: true, after: true },
  'access-token.revoked': { title: 'Access token revoked' },
  'access-token.all-revoked': { title: 'All access tokens revoked', after: true },
  'decoy-token.made': { title: 'Decoy token made', after: true },
  'decoy-token.removed': { title: 'Decoy token removed', before: true },
  'key-source.fetched': { title: 'Key source fetched' },
  'key-source.looked-up': { title: 'Key source looked up', after: true },
  'member.added': { title: 'Member added', after: true },
  'member.updated': { title: 'Member updated', before: true, after: true },
  'member.role-changed': { title: 'Member role changed', before: true, after: true },
  'member.password-changed': { title: 'Member password changed', after: true },
  'member.reset-link-made': { title: 'Member reset link made', after: true },
  'member.password-reset': { title: 'Member password reset', after: true },
  'member.linked': { title: 'Member linked', after: true },
  'member.unlinked': { title: 'Member unlinked', before: true, after: 'sometimes' },
  'member.removed': { title: 'Member removed', before: true, after: true },
  'second-factor.begun': { title: 'Second factor begun' },
  'second-factor.added': { title: 'Second factor added', after: true },
  'second-factor.removed': { title: 'Second factor removed' },
  'second-factor.reset': { title: 'Second factor reset', before: true, after: true },
  'recovery-code.renewed': { title: 'Recovery code renewed', after: true },
  'recovery-code.used': { title: 'Recovery code used', after: true },
  'passkey.added': { title: 'Passkey added', after: true },
  'passkey.renamed': { title: 'Passkey renamed', before: true, after: true },
  'passkey.removed': { title: 'Passkey removed', before: true },
  'session.started': { title: 'Session started', after: true },
  'session.challenged': { title: 'Session challenged', after: true },
  'session.refused': { title: 'Session refused', after: true },
  'session.ended': { title: 'Session ended', after: 'sometimes' },
  'intent.started': { title: 'Intent started', after: true },
  'intent.retrieved': { title: 'Intent retrieved', after: true },
  'token-inbox.opened': { title: 'Token inbox opened', after: true },
  'token-inbox.caught': { title: 'Token caught', after: true },
  'token-inbox.closed': { title: 'Token inbox closed' },
  'signing-key.rotated': { title: 'Signing key rotated', before: true, after: true },
  'signing-key.removed': { title: 'Signing key removed', before: true },
  'log.checkpointed': { title: 'Checkpoint made' },
  'incident.acknowledged': { title: 'Incident acknowledged', before: true, after: true },
  'incident.resolved': { title: 'Incident resolved', before: true, after: true },
  'incident.reopened': { title: 'Incident reopened', before: true, after: true },
  'stream.created': { title: 'Stream created', after: true },
  'stream.updated': { title: 'Stream updated', before: true, after: true },
  'stream.secret-renewed': { title: 'Stream secret renewed' },
  'stream.tested': { title: 'Stream tested' },
  'stream.paused': { title: 'Stream paused', after: true },
  'stream.resumed': { title: 'Stream resumed', after: true },
  'stream.removed': { title: 'Stream removed', before: true },
  'review.started': { title: 'Access review started', after: true },
  'review.collected': { title: 'Items of access review taken', after: true },
  'review.item-decided': { title: 'Access reviewed', before: true, after: true },
  'review.decision-overridden': { title: 'Decision of an access review overridden', before: true, after: true },
  'review.items-kept': { title: 'Access without findings kept', after: true },
  'review.item-narrowed': { title: 'Access narrowed', before: true, after: true },
  'review.item-set-aside': { title: 'Narrowing could not be compared', after: true },
  'review.updated': { title: 'Access review updated', before: true, after: true },
  'review.closed': { title: 'Access review closed', after: true },
  'secret.changed': { title: 'Secret changed', after: true },
  'access.refused': { title: 'Access refused', after: true },
} as const satisfies Record<`${AuditGroup}.${string}`, ActionRow>

export type AuditAction = keyof typeof auditActions

/** Returns an action's name. One of an older version, unknown to this one, is derived from its id. */
export function actionTitle(action: string): string {
  if (Object.hasOwn(auditActions, action)) return auditActions[action as AuditAction].title
  const words = action.replaceAll(/[-.]/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
