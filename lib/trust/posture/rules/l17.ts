import { durationText } from '../../engine/checks/time-checks'
import { grantedSeconds, grantedSecondsMax } from '../../grant'
import { definitionOf } from '../../kinds'
import { fixOf, withGrant } from '../fix'
import { lifeOf } from '../life'
import { definePostureRule } from '../rule'

const daySeconds = 24 * 3600
const proposedSeconds = 900

/** An access token should not outlive its source by more than this factor. */
const factorMax = 4

export const l17 = definePostureRule({
  id: 'L17',
  severity: 'high',
  title: 'Access tokens live long',
  why: 'The token of the issuer lives for minutes; the access token that it is exchanged for keeps its power after the job has ended. A copy from a log or a disk works until it expires, or as long as it can be renewed.',
  opens: 'The identity, for as long as a stolen access token lives or can be renewed.',
  remedy:
    'Issue access tokens for 15 to 60 minutes, never beyond the expiry of the token they are exchanged for, and let jobs log in again.',
  sources: [
    'Infisical’s default of 30 days',
    'KERNEL and OpenRouter limit an access token to the expiry of the source token',
    'Keycloak `isLimitAccessTokenExpiration`',
  ],
  needs: [],
  find(reading) {
    const { grant, kind } = reading.policy
    if (!definitionOf(kind).issuesTokens) return []
    const ttl = grantedSeconds(grant)
    const reach = grantedSecondsMax(grant)
    const life = lifeOf(reading)
    const isOutliving = life !== null && ttl > factorMax * life.seconds
    if (ttl <= daySeconds && reach <= daySeconds && !isOutliving) return []
    const ttlSeconds = Math.min(proposedSeconds, ttl, life ? factorMax * life.seconds : proposedSeconds)
    const ttlSecondsMax = Math.max(ttlSeconds, Math.min(reach, 3600))
    const label = `Issue them for ${durationText(ttlSeconds)}, renewable up to ${durationText(ttlSecondsMax)}`
    const message =
      ttl > daySeconds
        ? `Access tokens are issued for ${durationText(ttl)}.`
        : isOutliving
          ? `Access tokens are issued for ${durationText(ttl)}; the tokens of the issuer live ${durationText(life.seconds)}.`
          : `Access tokens can be renewed for ${durationText(reach)}.`
    return [
      {
        path: ['grant', ttl > daySeconds || isOutliving ? 'ttlSeconds' : 'ttlSecondsMax'],
        message,
        fix: fixOf(reading, label, withGrant({ ttlSeconds, ttlSecondsMax })),
      },
    ]
  },
})
