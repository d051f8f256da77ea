import { durationText } from '../../engine/checks/time-checks'
import { fixOf, withLifetime } from '../fix'
import { longestLifeOf } from '../life'
import { definePostureRule } from '../rule'

const hourSeconds = 3600
const daySeconds = 24 * hourSeconds

export const l46 = definePostureRule({
  id: 'L46',
  severity: 'medium',
  title: 'Tokens may be of any age',
  why: 'The issuer makes tokens that live for hours, days or a year. A copy of such a token is a password for as long, unless the trust asks for a fresh one.',
  opens: 'The identity, to old tokens from logs, disks and backups.',
  remedy:
    'Accept tokens of the last hour. A Kubernetes token that is mounted by default is then refused; mount one with a lifetime of ten minutes.',
  sources: ['Kubernetes tokens of a year', 'Keycloak `getMaxAllowedExpiration`', 'rossoctl#966'],
  needs: [],
  find(reading) {
    const { tokenAgeSecondsMax } = reading.policy.lifetime
    const life = longestLifeOf(reading)
    if (life === null) return { noData: 'how long tokens of the issuer live' }
    if (life <= hourSeconds || (tokenAgeSecondsMax !== null && tokenAgeSecondsMax <= daySeconds)) return []
    return [
      {
        path: ['lifetime', 'tokenAgeSecondsMax'],
        severity: life > daySeconds ? 'high' : 'medium',
        message: `Tokens of the issuer live up to ${durationText(life)}, and are accepted at any age.`,
        fix: fixOf(reading, 'Accept tokens of the last hour', withLifetime({ tokenAgeSecondsMax: hourSeconds })),
      },
    ]
  },
})
