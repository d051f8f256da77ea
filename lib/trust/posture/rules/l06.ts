import { jwkMember, secretMembers } from '../../keys/jwk'
import { secretIn } from '../../keys/secret-text'
import type { KeySource } from '../../policy'
import { fixOf, withoutSource, withSource } from '../fix'
import { definePostureRule } from '../rule'

export const l06 = definePostureRule({
  id: 'L06',
  severity: 'critical',
  title: 'A private key or shared secret is stored as a key',
  why: 'Verifying needs the public half only. A private half that is kept here can be read from a database, a backup or a configuration file, and signs tokens as the issuer does.',
  opens: 'Every trust anywhere that believes this key.',
  remedy: 'Remove it, have the issuer replace the key pair, and give the public half of the new one.',
  sources: ['RFC 7517 §9.2', 'RFC 8725 §3.5'],
  needs: [],
  find: (reading) =>
    reading.policy.keys.flatMap((source, at) => {
      const found = secretOf(source)
      if (!found) return []
      const isAlone = reading.policy.keys.length === 1
      const fix =
        source.kind === 'inline-jwk' && found === 'private'
          ? fixOf(reading, 'Keep its public half, until the key is replaced', withSource(at, publicHalf(source)))
          : isAlone
            ? undefined
            : fixOf(reading, 'Remove this key', withoutSource(at))
      const message =
        found === 'shared'
          ? 'This key is a shared secret: a party that can verify with it can also sign.'
          : 'This key holds its private half. Treat it as leaked.'
      return { path: ['keys', at, source.kind === 'inline-jwk' ? 'jwk' : 'pem'], message, fix }
    }),
})

function secretOf(source: KeySource): 'private' | 'shared' | null {
  if (source.kind === 'static-pem') {
    const secret = secretIn(source.pem)
    return secret && (secret.isPrivate ? 'private' : 'shared')
  }
  if (source.kind !== 'inline-jwk') return null
  if (source.jwk.kty === 'oct' || jwkMember(source.jwk, 'k') !== undefined) return 'shared'
  return secretMembers.some((name) => jwkMember(source.jwk, name) !== undefined) ? 'private' : null
}

function publicHalf(source: Extract<KeySource, { kind: 'inline-jwk' }>): KeySource {
  const isPublic = ([name]: [string, unknown]) => !secretMembers.some((secret) => secret === name)
  return { ...source, jwk: Object.fromEntries(Object.entries(source.jwk).filter(isPublic)) }
}
