import { definitionOf } from '../kinds'
import { type IssuerReading, readIssuer } from '../presets/preset-for'
import { print } from '../presets/template'
import type { Reading } from './reading'
import { isLoopback, readUrl } from './source-url'

/** Returns how the preset reads the trust's issuer, or null. */
export const variantOf = ({ preset, policy }: Pick<Reading, 'preset' | 'policy'>): IssuerReading | null =>
  preset && policy.issuer !== null ? readIssuer(preset, policy.issuer) : null

/**
 * Whether issuer and audience alone admit all customers of a platform. An issuer that is not bound counts as shared where the
 * preset has a shared one.
 */
export function isSharedIssuer(reading: Reading): boolean {
  const known = variantOf(reading)
  if (known) return known.variant.isShared
  return reading.policy.issuer === null && (reading.preset?.issuers.some(({ isShared }) => isShared) ?? false)
}

/** Host of the key set that the preset names for an issuer; null = discovery leads there, or nothing is known. */
export function keyHostOf(reading: Reading): string | null {
  const known = variantOf(reading)
  const url = known?.variant.jwksUrl && print(known.variant.jwksUrl, known.facts)
  return url ? (readUrl(url)?.host ?? null) : null
}

/** Whether unrelated installations use the text as their issuer, so that only the keys tell them apart. */
export function isAmbiguousIssuer(reading: Reading): boolean {
  const { issuer } = reading.policy
  if (issuer === null) return false
  if (variantOf(reading)?.variant.isAmbiguous) return true
  const url = readUrl(issuer)
  if (!url || !/^https?:$/.test(url.protocol)) return issuer === 'kubernetes/serviceaccount'
  return isLoopback(url) || /^kubernetes(\.default(\.svc(\..+)?)?)?$/.test(url.hostname)
}

/**
 * Whether every subject of the issuer is meant. A trust that is not attached to an identity takes each token for a caller of its
 * own, known by its subject; so all of them are, unless strangers have the issuer too.
 */
export const admitsAllByDesign = (reading: Reading): boolean =>
  definitionOf(reading.policy.kind).belongsTo === 'organization' &&
  reading.policy.issuer !== null &&
  !isSharedIssuer(reading)
