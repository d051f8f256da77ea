import { type KeyReading, readJwk } from '../keys/jwk'
import { readPemKey } from '../keys/pem'
import type { KeySource } from '../policy'
import type { Path } from './finding'
import type { Reading } from './reading'

/** A key of the trust: typed in, or as its source published it. */
export type KnownKey = {
  reading: KeyReading
  path: Path
  /** Place in the trust's `keys`. */
  source: number
  isTypedIn: boolean
  /** The certificate it came in; times in epoch seconds. */
  certificate: { subject: string; notBefore: number; notAfter: number } | null
}

/** How many published keys are looked at. */
const keysMax = 100

/** The keys of a trust that are known now, typed-in ones first. */
export function knownKeys({ policy, keysInEffect = [] }: Reading): KnownKey[] {
  const published = keysInEffect
    .filter(({ source }) => !isTypedIn(policy.keys[source]))
    .flatMap(({ source, set }) =>
      (set.keys ?? []).map((jwk) => {
        return { reading: readJwk(jwk), path: ['keys', source], source, isTypedIn: false, certificate: null }
      }),
    )
  return [...policy.keys.flatMap(typedIn), ...published].slice(0, keysMax)
}

export const isTypedIn = (source: KeySource | undefined): boolean =>
  source?.kind === 'static-pem' || source?.kind === 'inline-jwk'

function typedIn(source: KeySource, at: number): KnownKey[] {
  const common = { source: at, isTypedIn: true }
  if (source.kind === 'inline-jwk') {
    return [{ ...common, reading: readJwk(source.jwk), path: ['keys', at, 'jwk'], certificate: null }]
  }
  if (source.kind !== 'static-pem') return []
  const read = readPemKey(source.pem)
  const path = ['keys', at, 'pem']
  if (read.ok) return [{ ...common, reading: read, path, certificate: read.key.certificate ?? null }]
  // Text that is not a key is a problem of the draft, reported at the field.
  if (read.code !== 'weak_key' && read.code !== 'unsupported_key') return []
  return [{ ...common, reading: { ...read, code: read.code, label: null }, path, certificate: null }]
}
