import { publishedSample } from '../../keys/sample-keys'
import { fixOf, withoutSource } from '../fix'
import { definePostureRule } from '../rule'
import { type KnownKey, knownKeys } from '../static-keys'

export const l16 = definePostureRule({
  id: 'L16',
  severity: 'high',
  title: 'A key is weak or published',
  why: 'Short RSA keys, small exponents, unusual curves and keys of flawed generators can be broken. Sample keys of specifications and of jwt.io have their private half in print.',
  opens: 'Every identity of this trust, to anyone who computes or looks up the private half.',
  remedy:
    'Have the issuer sign with RSA of 2048 bits or more, with EC P-256, P-384 or P-521, or with Ed25519, by a key pair of its own.',
  sources: ['RFC 8725 §3.5', 'RFC 7518 §3.3', 'CVE-2017-15361', 'RFC 7515 to 7520, appendices'],
  needs: [],
  find: (reading) =>
    knownKeys(reading).flatMap((key) => {
      const message = faultOf(key)
      if (message === null) return []
      const canRemove = key.isTypedIn && reading.policy.keys.length > 1
      const fix = canRemove ? fixOf(reading, 'Remove this key', withoutSource(key.source)) : undefined
      return { path: key.path, message, fix }
    }),
})

function faultOf({ reading, isTypedIn }: KnownKey): string | null {
  if (reading.ok) {
    const sample = publishedSample(reading.key.jwk)
    return sample && `This ${reading.key.label} key is the sample key of ${sample}: its private half is public.`
  }
  if (reading.code === 'weak_key') return reading.message
  // A set may hold keys for other uses; a typed-in key is there to verify.
  return reading.code === 'unsupported_key' && isTypedIn ? reading.message : null
}
