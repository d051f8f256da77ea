/** Returns an action as words: `token-auth.attached` → "Token auth attached". */
export function actionWords(action: string): string {
  const words = action.replaceAll(/[-.]/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Kinds of target for the filter: the noun before the dot of every action. */
export const actionNouns = [
  { value: 'identity', label: 'Identities' },
  { value: 'trust', label: 'Trusts' },
  { value: 'token-auth', label: 'Token Auth' },
  { value: 'access-token', label: 'Access tokens' },
  { value: 'session', label: 'Sign-ins' },
  { value: 'member', label: 'Members' },
  { value: 'second-factor', label: 'Second factors' },
  { value: 'recovery-code', label: 'Recovery codes' },
  { value: 'passkey', label: 'Passkeys' },
  { value: 'organization', label: 'Organization' },
  { value: 'retention', label: 'Retention' },
] as const

/** Kinds of actor. */
export const actorKinds = [
  { value: 'user', label: 'People' },
  { value: 'identity', label: 'Identities' },
  { value: 'anonymous', label: 'Nobody known' },
  { value: 'system', label: 'Keybound itself' },
] as const

/** Returns the actor's name, or what identifies it. */
export const actorWords = ({ actorKind, actorName }: { actorKind: string; actorName: string | null }): string =>
  actorName ?? actorKinds.find(({ value }) => value === actorKind)?.label ?? actorKind

/** Returns the page of the target, or null. */
export function targetHref(target: { targetKind: string | null; targetId: string | null }): string | null {
  if (target.targetId === null) return null
  if (target.targetKind === 'identity') return `/identities/${target.targetId}`
  if (target.targetKind === 'user') return `/settings/members/${target.targetId}`
  if (target.targetKind === 'organization') return '/settings?tab=organization'
  if (target.targetKind === 'retention') return '/settings?tab=retention'
  return null
}
