import { AppError, type FieldIssue } from '@/lib/errors'
import { readCertificates } from '@/lib/net/certificates'
import { InactiveKeys, inactiveKeysApi } from '@/lib/trust/inactive-keys'
import { repeatedKidMessage, repeatedKids } from '@/lib/trust/key-sources/repeated-kids'
import { parseCertificates, parsePem } from '@/lib/trust/pem'
import { inspectJwk } from '@/lib/trust/public-key'
import { isIssuerMissing, issuerMissingMessage, type TrustDraft } from '@/lib/trust/trust'

/**
 * The rules a schema cannot say: every pasted key and certificate really is one and has a kid of its own, OIDC names its
 * issuer, and the lifetimes agree.
 * @throws AppError `rule`, whose `fields` name every wrong place (paths into the policy)
 */
export async function requireSoundPolicy(policy: Pick<TrustDraft, 'method' | 'issuer' | 'keys' | 'grant' | 'foreign'>) {
  const issues: FieldIssue[] = isIssuerMissing(policy)
    ? [{ path: ['issuer'], code: 'issuer_required', message: issuerMissingMessage }]
    : []
  for (const [index, source] of policy.keys.entries()) {
    if (source.kind === 'static-pem') {
      const problem = await pemProblem(source.pem)
      if (problem) issues.push({ path: ['keys', index, 'pem'], ...problem })
    } else if (source.kind === 'inline-jwk') {
      const inspected = await inspectJwk(source.jwk)
      if (!inspected.ok) issues.push({ path: ['keys', index, 'jwk'], code: inspected.code, message: inspected.message })
    } else {
      const problem = certificateProblem(source.caCert)
      if (problem) issues.push({ path: ['keys', index, 'caCert'], ...problem })
    }
  }
  for (const { at } of repeatedKids(policy.keys)) {
    issues.push({ path: ['keys', at, 'jwk', 'kid'], code: 'duplicate_kid', message: repeatedKidMessage })
  }
  issues.push(...(await inactiveIssues(policy)))
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

type Problem = Pick<FieldIssue, 'code' | 'message'>

async function pemProblem(pem: string): Promise<Problem | null> {
  const parsed = await parsePem(pem)
  return parsed.ok ? null : { code: parsed.code, message: parsed.message }
}

function certificateProblem(caCert: string): Problem | null {
  if (caCert === '') return null
  const parsed = parseCertificates(caCert)
  if (!parsed.ok) return { code: parsed.code, message: parsed.message }
  return readCertificates(caCert) ? null : unreadable
}

/** What the fetch could not use is not saved. */
const unreadable = {
  code: 'bad_certificate',
  message:
    'A certificate here cannot be read by the TLS library of this server (OpenSSL). Give it in another form, or another one.',
}

/** What is only kept must be sound as well: it is shown, and may be switched to. */
async function inactiveIssues(policy: Pick<TrustDraft, 'method' | 'foreign'>): Promise<FieldIssue[]> {
  const at = (...path: PropertyKey[]) => [
    'foreign',
    inactiveKeysApi,
    ...path.map((part) => (typeof part === 'number' ? part : String(part))),
  ]
  const parsed = InactiveKeys.safeParse((policy.method === 'jwt' && policy.foreign[inactiveKeysApi]) || {})
  // A private key ends here, before it is stored.
  if (!parsed.success)
    return parsed.error.issues.map(({ path, code, message }) => ({ path: at(...path), code, message }))
  const { jwksCaCert, publicKeys } = parsed.data
  const sources = [
    ...publicKeys.map((pem, index) => ({ path: at('publicKeys', index), problem: pemProblem(pem) })),
    { path: at('jwksCaCert'), problem: certificateProblem(jwksCaCert) },
  ]
  const found = await Promise.all(sources.map(async ({ path, problem }) => ({ path, problem: await problem })))
  return found.flatMap(({ path, problem }) => (problem ? [{ path, ...problem }] : []))
}
