import type { Found } from '../finding'
import { fixOf, withLifetime } from '../fix'
import { lifeOf } from '../life'
import { definePostureRule } from '../rule'

/** The largest difference of clocks that are synchronised at all; Vault’s default of 150 s is the largest in use. */
const skewSecondsMax = 300

export const l26 = definePostureRule({
  id: 'L26',
  severity: 'medium',
  title: 'Expiry is not enforced',
  why: 'A token without an expiry, or one that is taken for as long again after it has expired, works long after its job.',
  opens: 'The identity, to tokens from old logs.',
  remedy: 'Require `exp`, and allow a minute or less after it.',
  sources: ['RFC 7519 §4.1.4', 'Vault `expiration_leeway` (150 s)', 'Hydra `max_ttl`'],
  needs: [],
  find(reading) {
    const { requireExpiry, expirySkewSeconds, tokenAgeSecondsMax } = reading.policy.lifetime
    const found: Found[] = []
    if (!requireExpiry && tokenAgeSecondsMax === null) {
      found.push({
        path: ['lifetime', 'requireExpiry'],
        message: 'A token without an expiry is accepted, at any age.',
        fix: fixOf(reading, 'Require an expiry', withLifetime({ requireExpiry: true })),
      })
    }
    const life = lifeOf(reading)
    const isLong = expirySkewSeconds > skewSecondsMax || (life !== null && expirySkewSeconds >= life.seconds)
    if (isLong && expirySkewSeconds > 0) {
      const compared = life ? `; the tokens of the issuer live ${life.seconds} s` : ''
      found.push({
        path: ['lifetime', 'expirySkewSeconds'],
        message: `An expired token is taken for ${expirySkewSeconds} s more${compared}.`,
        fix: fixOf(reading, 'Take none after its expiry', withLifetime({ expirySkewSeconds: 0 })),
      })
    }
    return found
  },
})
