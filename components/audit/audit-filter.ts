import type { AuditFilter } from '@/lib/client/audit'
import { dayEnd, dayStart } from '@/lib/client/query-string'
import { cutText } from '@/lib/trust/cut-text'
import { actorOptions } from './action-words'

/** Parameters of the URL that filter the list. */
export const auditParameters = ['owner', 'action', 'actor', 'search', 'from', 'to'] as const

/** Returns the filter in a URL. Invalid values are ignored. */
export function toAuditFilter(get: (name: string) => string | null): AuditFilter {
  return {
    owner: get('owner') === 'none' ? 'none' : undefined,
    action: /^[a-z-]{1,50}(?:\.[a-z-]{1,49})?$/.exec(get('action') ?? '')?.[0],
    actorKind: actorOptions.find(({ value }) => value === get('actor'))?.value,
    search: cutText(get('search') ?? '', 200) || undefined,
    from: dayStart(get('from')),
    to: dayEnd(get('to')),
  }
}
