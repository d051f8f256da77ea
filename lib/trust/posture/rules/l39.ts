import { claimOf } from '../../presets/claim-of'
import { definePostureRule } from '../rule'

const monthSeconds = 30 * 24 * 3600
const standard = new Set(`iss sub aud exp nbf iat jti`.split(' '))

export const l39 = definePostureRule({
  id: 'L39',
  severity: 'info',
  title: 'The issuer’s tokens have changed',
  why: 'A new claim may name the workload better than those that are bound; a claim that is no longer sent makes a rule on it refuse.',
  opens: 'Nothing by itself.',
  remedy: 'Look at a token of today, and at the rules.',
  sources: ['warehouse#20355, #20356: `repo_property_*`'],
  needs: ['preset', 'seen', 'now'],
  find({ preset, seen, now }) {
    if (!seen.claims) return { noData: 'claims of recorded logins' }
    return Object.entries(seen.claims).flatMap(([path, { firstSeenAt, lastSeenAt }]) => {
      const isNew =
        firstSeenAt !== undefined &&
        now - firstSeenAt < monthSeconds &&
        firstSeenAt > (seen.since ?? Number.POSITIVE_INFINITY)
      const isGone =
        lastSeenAt !== undefined && seen.lastAcceptedAt !== null && seen.lastAcceptedAt - lastSeenAt > 7 * 24 * 3600
      if (isGone) return [{ path: ['rules'], message: `${path} is no longer in tokens of the last days.` }]
      if (!isNew || standard.has(path) || claimOf(preset, path)) return []
      return [{ path: ['rules'], message: `${path} is new in tokens of the last 30 days.` }]
    })
  },
})
