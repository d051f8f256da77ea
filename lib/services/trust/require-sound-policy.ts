import { AppError, type FieldIssue } from '@/lib/errors'
import { readCertificates } from '@/lib/net/certificates'
import { repeatedKidMessage, repeatedKids } from '@/lib/trust/key-sources/repeated-kids'
import { parseCertificates, parsePem } from '@/lib/trust/pem'
import { inspectJwk } from '@/lib/trust/public-key'
import { isIssuerMissing, issuerMissingMessage, type TrustDraft } from '@/lib/trust/trust'

/**
 * The rules a schema cannot say: every pasted key and certificate really is one and has a kid of its own, OIDC names its
 * issuer, and the lifetimes agree.
 * @throws AppError `rule`, whose `fields` name every wrong place (paths into the policy)
 */
export async function requireSoundPolicy(policy: Pick<TrustDraft, 'method' | 'issuer' | 'keys' | 'grant'>) {
  const issues: FieldIssue[] = isIssuerMissing(policy)
    ? [{ path: ['issuer'], code: 'issuer_required', message: issuerMissingMessage }]
    : []
  for (const [index, source] of policy.keys.entries()) {
    if (source.kind === 'static-pem') {
      const parsed = await parsePem(source.pem)
      if (!parsed.ok) issues.push({ path: ['keys', index, 'pem'], code: parsed.code, message: parsed.message })
    } else if (source.kind === 'inline-jwk') {
      const inspected = await inspectJwk(source.jwk)
      if (!inspected.ok) issues.push({ path: ['keys', index, 'jwk'], code: inspected.code, message: inspected.message })
    } else if (source.caCert) {
      const parsed = parseCertificates(source.caCert)
      if (!parsed.ok) issues.push({ path: ['keys', index, 'caCert'], code: parsed.code, message: parsed.message })
      else if (!readCertificates(source.caCert)) issues.push({ path: ['keys', index, 'caCert'], ...unreadable })
    }
  }
  for (const { at } of repeatedKids(policy.keys)) {
    issues.push({ path: ['keys', at, 'jwk', 'kid'], code: 'duplicate_kid', message: repeatedKidMessage })
  }
  const { ttlSeconds, ttlSecondsMax } = policy.grant
  if (ttlSecondsMax !== 0 && ttlSeconds > ttlSecondsMax) {
    issues.push({
      path: ['grant', 'ttlSeconds'],
      code: 'ttl_exceeds_max',
      message: 'The access token TTL must not be longer than the maximum TTL.',
    })
  }
  const [first] = issues
  if (first) throw new AppError('rule', first.message, { fields: issues, reason: first.code })
}

/** What the fetch could not use is not saved. */
const unreadable = {
  code: 'bad_certificate',
  message:
    'A certificate here cannot be read by the TLS library of this server (OpenSSL). Give it in another form, or another one.',
}
