import { algorithms, isAlgorithm } from '../../algorithms'
import { fixOf } from '../fix'
import { definePostureRule } from '../rule'

export const l05 = definePostureRule({
  id: 'L05',
  severity: 'critical',
  title: 'Unsigned or HMAC tokens are allowed',
  why: 'With "none", anyone can write a token. With HMAC (HS256 …) a public key can be taken for the shared secret, so anyone who can read the key set can sign.',
  opens: 'Every identity of this trust, to anyone who can read the public key.',
  remedy: 'Allow the asymmetric algorithms that the issuer uses, and no others.',
  sources: ['RFC 8725 §2.1, §3.1', 'CVE-2026-22817', 'CVE-2026-29000', 'CVE-2026-34950'],
  needs: [],
  find(reading) {
    // The schema allows neither; what an import or an older version brings is judged all the same.
    const listed: readonly string[] = reading.policy.algorithms
    const unsafe = listed.filter((name) => !isAlgorithm(name))
    if (unsafe.length === 0 && listed.length > 0) return []
    const kept = reading.policy.algorithms.filter(isAlgorithm)
    const rest = kept.length > 0 ? kept : [...(reading.preset?.algorithms ?? algorithms)]
    return [
      {
        path: ['algorithms'],
        message:
          listed.length === 0
            ? 'No algorithm is named, so that the token chooses its own.'
            : `Tokens signed with ${unsafe.join(', ')} are allowed.`,
        fix: fixOf(reading, `Allow ${rest.join(', ')} alone`, (draft) => ({ ...draft, algorithms: rest })),
      },
    ]
  },
})
