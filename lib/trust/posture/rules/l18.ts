import { durationText } from '../../engine/checks/time-checks'
import { grantedSeconds } from '../../grant'
import { parseIpRange } from '../../ip-range'
import { definitionOf } from '../../kinds'
import { fixOf, withGrant } from '../fix'
import { reachOf } from '../open-ranges'
import { definePostureRule } from '../rule'

const hourSeconds = 3600

export const l18 = definePostureRule({
  id: 'L18',
  severity: 'high',
  title: 'Access tokens work from every address',
  why: 'An access token that lives for hours and works from everywhere is a password. Where one version of addresses is limited and the other is not, the limit does not hold: callers choose the version.',
  opens: 'The identity, to a stolen access token from any network.',
  remedy: 'Name the networks of the jobs, for IPv4 and IPv6, or keep the lifetime at an hour or less.',
  sources: ['Infisical’s default of 0.0.0.0/0 and ::/0'],
  needs: [],
  find(reading) {
    const { grant, kind } = reading.policy
    if (!definitionOf(kind).issuesTokens) return []
    const reach = { 4: reachOf(grant.trustedIps, 4), 6: reachOf(grant.trustedIps, 6) }
    const path = ['grant', 'trustedIps']
    for (const [open, limited] of [
      [4, 6],
      [6, 4],
    ] as const) {
      if (reach[open] !== 'all' || reach[limited] !== 'some') continue
      const kept = grant.trustedIps.filter((range) => parseIpRange(range)?.version === limited)
      const message = `IPv${limited} is limited to ${kept.slice(0, 5).join(', ')}, and every IPv${open} address is allowed.`
      return [{ path, message, fix: fixOf(reading, `Allow no IPv${open} address`, withGrant({ trustedIps: kept })) }]
    }
    const ttl = grantedSeconds(grant)
    if (ttl <= hourSeconds || (reach[4] !== 'all' && reach[6] !== 'all')) return []
    const message = `Access tokens live ${durationText(ttl)} and work from every address.`
    const shorter = { ttlSeconds: hourSeconds, ttlSecondsMax: Math.max(hourSeconds, grant.ttlSecondsMax) }
    return [{ path, message, fix: fixOf(reading, 'Shorten them to an hour', withGrant(shorter)) }]
  },
})
