import { type Algorithm, algorithms } from '../../algorithms'
import type { Found } from '../finding'
import { fixOf } from '../fix'
import { variantOf } from '../issuer'
import type { Reading } from '../reading'
import { definePostureRule } from '../rule'

export const l40 = definePostureRule({
  id: 'L40',
  severity: 'info',
  title: 'A narrower setting is there',
  why: 'The issuer is known to sign with fewer algorithms than are allowed, or to send a newer subject that holds ids. What is not needed cannot be misused later.',
  opens: 'Nothing by itself.',
  remedy: 'Allow the algorithms that the issuer uses, and take the newer subject when its tokens have it.',
  sources: ['RFC 8725 §3.1', 'GitHub `include_enterprise_slug` and immutable subjects'],
  needs: ['preset'],
  find(reading) {
    const { preset, policy } = reading
    const used: readonly Algorithm[] = variantOf(reading)?.variant.algorithms ?? preset.algorithms
    const isWide = policy.algorithms.length === algorithms.length && used.length < algorithms.length
    const kept = policy.algorithms.filter((name) => used.includes(name))
    return isWide && kept.length > 0 ? [narrowed(reading, kept)] : []
  },
})

const narrowed = (reading: Reading, kept: Algorithm[]): Found => ({
  path: ['algorithms'],
  message: `Every algorithm is allowed; the issuer signs with ${kept.join(', ')}.`,
  fix: fixOf(reading, `Allow ${kept.join(', ')} alone`, (draft) => ({ ...draft, algorithms: kept })),
})
