import { clockSkewSecondsUsual } from '../../policy'
import { fixOf, withLifetime } from '../fix'
import { lifeOf } from '../life'
import { definePostureRule } from '../rule'

export const l53 = definePostureRule({
  id: 'L53',
  severity: 'medium',
  title: 'The clock may differ by more than a token lives',
  why: 'A token dated further ahead than it lives is accepted before it should work, and again and again until then. Where the issuer dates `nbf` back, the allowance is not needed at all.',
  opens: 'Longer use of a stolen token than the issuer meant.',
  remedy: 'Allow 30 seconds. Age is counted from `iat`, whatever `nbf` says.',
  sources: ['A token of GitHub Actions: `nbf` is 300 s before `iat`, and `exp` 300 s after it'],
  needs: [],
  find(reading) {
    const { clockSkewSeconds } = reading.policy.lifetime
    const life = lifeOf(reading)
    if (life === null) return { noData: 'how long tokens of the issuer live' }
    if (clockSkewSeconds < life.seconds || clockSkewSeconds <= clockSkewSecondsUsual) return []
    const seconds = clockSkewSecondsUsual
    return [
      {
        path: ['lifetime', 'clockSkewSeconds'],
        message: `The issuer’s clock may be ${clockSkewSeconds} s ahead; its tokens live ${life.seconds} s.`,
        fix: fixOf(reading, `Allow ${seconds} s`, withLifetime({ clockSkewSeconds: seconds })),
      },
    ]
  },
})
