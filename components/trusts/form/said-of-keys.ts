import { cutText } from '@/lib/trust/cut-text'
import { kidOf } from '@/lib/trust/keys/jwk'
import type { KeySource } from '@/lib/trust/policy'
import type { Said } from './field'

/** Review lines of key sources. */
export function saidOfKeys(keys: readonly KeySource[]): Said[] {
  const order = keys.map(nameOfSource).join('\n')
  return [...keys.flatMap(saidOfSource), ['Order of keys', keys.length > 1 ? order : null]]
}

function saidOfSource(source: KeySource): Said[] {
  if (source.kind === 'static-pem') return [['Public keys', pemWords(source.pem)]]
  if (source.kind === 'inline-jwk') return [['Supplied keys', JSON.stringify(source.jwk)]]
  const label = source.kind === 'jwks-url' ? 'JWKS URL' : 'Discovery URL'
  const ca = source.caCert ? pemWords(source.caCert) : null
  return [
    [label, source.url],
    [`CA certificate of ${source.url}`, ca],
  ]
}

/** The first source that has a kid wins, so order is part of the trust. */
function nameOfSource(source: KeySource): string {
  if (source.kind === 'static-pem') return pemWords(source.pem)
  if (source.kind !== 'inline-jwk') return source.url
  const kid = kidOf(source.jwk)
  return kid !== null ? `key ${kid}` : `key ${cutText(JSON.stringify(source.jwk), 120)}`
}

/** Returns a short form of a PEM that tells it from another: label and final bytes. */
function pemWords(pem: string): string {
  const label = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(pem)?.[1] ?? 'PEM'
  const body = pem.replace(/-----[^-]+-----/g, '').replace(/\s+/g, '')
  return `${label} …${body.slice(-24)}`
}
