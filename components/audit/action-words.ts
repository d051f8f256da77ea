/** An action as words: `token-auth.attached` → "Token auth attached". */
export function actionWords(action: string): string {
  const words = action.replaceAll(/[-.]/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What can be acted on, as the filter offers it; the noun before the point of every action. */
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

/** Who can act. */
export const actorKinds = [
  { value: 'user', label: 'People' },
  { value: 'identity', label: 'Identities' },
  { value: 'anonymous', label: 'Nobody known' },
  { value: 'system', label: 'Keybound itself' },
] as const

/** Who did it, by name if there is one. */
export const actorWords = ({ actorKind, actorName }: { actorKind: string; actorName: string | null }): string =>
  actorName ?? actorKinds.find(({ value }) => value === actorKind)?.label ?? actorKind

/** The page of what was acted on, if it has one. */
export function targetHref(target: { targetKind: string | null; targetId: string | null }): string | null {
  if (target.targetId === null) return null
  if (target.targetKind === 'identity') return `/identities/${target.targetId}`
  if (target.targetKind === 'user') return `/settings/members/${target.targetId}`
  if (target.targetKind === 'organization') return '/settings?tab=organization'
  if (target.targetKind === 'retention') return '/settings?tab=retention'
  return null
}
