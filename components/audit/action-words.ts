import { actorKinds, auditGroups } from '@/lib/model/audit-actions'

type Option = { value: string; label: string }
const optionsOf = (table: Record<string, string>): Option[] =>
  Object.entries(table).map(([value, label]) => ({ value, label }))

/** Filter options: a group of actions is the noun before the point of their names. */
export const groupOptions = optionsOf(auditGroups)

/** Filter options: kinds of actors. */
export const actorOptions = optionsOf(actorKinds)

/** Returns the actor's name, or its kind where it has none. */
export const actorWords = ({ actorKind, actorName }: { actorKind: string; actorName: string | null }): string =>
  actorName ?? actorOptions.find(({ value }) => value === actorKind)?.label ?? actorKind

/** Returns the page of a target, or null when it has none. */
export function targetHref(target: { targetKind: string | null; targetId: string | null }): string | null {
  if (target.targetId === null) return null
  if (target.targetKind === 'identity') return `/identities/${target.targetId}`
  if (target.targetKind === 'trust') return `/trusts/${target.targetId}/versions`
  if (target.targetKind === 'user') return `/settings/members/${target.targetId}`
  if (target.targetKind === 'organization') return '/settings?tab=organization'
  if (target.targetKind === 'incident') return `/incidents/${target.targetId}`
  if (target.targetKind === 'review') return `/reviews/${target.targetId}`
  if (target.targetKind === 'retention') return '/settings?tab=retention'
  return null
}
