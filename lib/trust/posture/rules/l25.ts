import { definePostureRule } from '../rule'
import { isTypedIn, knownKeys } from '../static-keys'

const daySeconds = 24 * 3600

export const l25 = definePostureRule({
  id: 'L25',
  severity: 'medium',
  title: 'Pasted keys without a plan to replace them',
  why: 'Keys that are typed in change only when a person changes them. A single one leaves no moment in which the old and the new key both work, and one that is years old was known to many machines and people.',
  opens: 'Logins that fail on the day of the change, or a key that stays trusted after it has leaked.',
  remedy: 'Take the keys from a URL where the issuer has one, or add the next key before the change and note a date.',
  sources: ['NIST SP 800-57 part 1, §5.3'],
  needs: ['now'],
  find(reading) {
    const { policy, now, createdAt } = reading
    const keys = knownKeys(reading).filter((key) => key.isTypedIn)
    const ended = keys.flatMap(({ certificate, path }) => {
      const leftSeconds = certificate === null ? null : certificate.notAfter - now
      if (leftSeconds === null || leftSeconds > 30 * daySeconds) return []
      const when = leftSeconds <= 0 ? 'has expired' : `expires in ${Math.ceil(leftSeconds / daySeconds)} days`
      return [{ path, message: `The certificate of this key ${when}.` }]
    })
    if (ended.length > 0 || !policy.keys.every(isTypedIn)) return ended
    if (policy.keys.length === 1) {
      return [
        { path: ['keys', 0], message: 'The only key is typed in: there is no second one for the time of a change.' },
      ]
    }
    const ageDays = createdAt === undefined ? 0 : Math.floor((now - createdAt) / daySeconds)
    if (ageDays <= 365) return []
    return [{ path: ['keys'], message: `All keys are typed in, and the trust is ${ageDays} days old.` }]
  },
})
