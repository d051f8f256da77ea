import { fixOf } from '../fix'
import { definePostureRule } from '../rule'

const daySeconds = 24 * 3600
const unusedDaysMax = 90
const neverUsedDaysMax = 14

export const l28 = definePostureRule({
  id: 'L28',
  severity: 'medium',
  title: 'The trust is not used',
  why: 'A trust that is not used is not looked after. The repository, the team or the account behind it may be gone, and its name free for others.',
  opens: 'The identity, to a later owner of the name that the trust still believes.',
  remedy: 'Disable it, and remove it when no job misses it.',
  sources: ['Astrix: phantom identities', 'PyPI removes pending publishers after 30 days'],
  needs: ['seen', 'now'],
  find(reading) {
    const { policy, seen, now, createdAt } = reading
    if (!policy.enabled) return []
    const isNeverUsed = seen.lastAcceptedAt === null
    const since = seen.lastAcceptedAt ?? createdAt
    if (since === undefined) return { noData: 'when the trust was created' }
    const days = Math.floor((now - since) / daySeconds)
    if (days <= (isNeverUsed ? neverUsedDaysMax : unusedDaysMax)) return []
    const message = isNeverUsed ? `No login in the ${days} days since it was made.` : `No login for ${days} days.`
    return [{ path: ['enabled'], message, fix: fixOf(reading, 'Disable it', disabled) }]
  },
})

const disabled = <Draft extends object>(draft: Draft): Draft => ({ ...draft, enabled: false })
