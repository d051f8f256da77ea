import type { DecisionFilter } from '@/lib/client/decisions'
import { dayEnd, dayStart } from '@/lib/client/query-string'
import { cutText } from '@/lib/trust/cut-text'
import { kindNames } from '@/lib/trust/kinds/outline'

/** Parameters of the URL that filter the list; `identity` and `trust` are ids. */
export const decisionParameters = [
  'owner',
  'outcome',
  'method',
  'identity',
  'trust',
  'reason',
  'search',
  'kid',
  'from',
  'to',
] as const

const methods: readonly string[] = kindNames

/** Returns the filter in a URL. Invalid values are ignored. */
export function toDecisionFilter(get: (name: string) => string | null): DecisionFilter {
  const outcome = get('outcome')
  const idIn = (name: string) => uuid.exec(get(name) ?? '')?.[0]
  return {
    owner: get('owner') === 'none' ? 'none' : undefined,
    accepted: outcome === 'accepted' ? 'true' : outcome === 'refused' ? 'false' : undefined,
    method: methods.find((method) => method === get('method')),
    identityId: idIn('identity'),
    trustId: idIn('trust'),
    reason: cutText(get('reason') ?? '', 100) || undefined,
    search: cutText(get('search') ?? '', 200) || undefined,
    kid: cutText(get('kid') ?? '', 500) || undefined,
    from: dayStart(get('from')),
    to: dayEnd(get('to')),
  }
}

/** Whether logins by day can be counted with this filter: days and outcome only. */
export const countsByDay = ({ from: _, to: __, accepted: ___, ...others }: DecisionFilter): boolean =>
  Object.values(others).every((value) => value === undefined)

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
