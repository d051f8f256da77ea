import type { FieldIssue } from '@/lib/errors'
import { repeatedKidMessage, repeatedKids } from './key-sources/repeated-kids'
import { inspectJwk } from './keys/public-key'
import { definitionOf, type KindPart, type Pasted } from './kinds'
import type { KeySource, TrustPolicy } from './policy'

type Draft = KindPart & Pick<TrustPolicy, 'issuer' | 'keys' | 'grant'>

/** Whether the TLS library of this machine can use a PEM of certificates; null = not asked. */
type CanUse = ((pem: string) => boolean) | null

/**
 * Returns everything wrong with a draft that its schema cannot express: pasted keys and certificates that cannot be read,
 * repeated key ids, a missing issuer, lifetimes that contradict each other. Paths lead into the draft.
 */
export async function draftIssues(draft: Draft, canUse: CanUse): Promise<FieldIssue[]> {
  const pasted = definitionOf(draft.kind).pasted?.(draft.options) ?? []
  return [
    ...(await keyIssues(draft.keys, canUse)),
    ...quickDraftIssues(draft),
    ...(await Promise.all(pasted.map((one) => pastedIssues(one, canUse)))).flat(),
  ]
}

/** Those of `draftIssues` for which keys and certificates of the sources have to be read. */
export async function keyIssues(keys: readonly KeySource[], canUse: CanUse): Promise<FieldIssue[]> {
  return (await Promise.all(keys.map((source, at) => sourceIssues(source, at, canUse)))).flat()
}

type QuickDraft = Pick<KindPart, 'kind'> &
  Pick<TrustPolicy, 'issuer' | 'keys'> & { grant: Pick<TrustPolicy['grant'], 'ttlSeconds' | 'ttlSecondsMax'> }

/** Those of `draftIssues` that need no key to be read: quick enough for every keystroke. */
export function quickDraftIssues({ kind, issuer, keys, grant }: QuickDraft): FieldIssue[] {
  return [
    ...(definitionOf(kind).issues?.({ issuer }) ?? []),
    ...repeatedKids(keys).map(({ at }) => ({
      path: ['keys', at, 'jwk', 'kid'],
      code: 'duplicate_kid',
      message: repeatedKidMessage,
    })),
    ...lifetimeIssues(grant),
  ]
}

function lifetimeIssues({
  ttlSeconds,
  ttlSecondsMax,
}: Pick<TrustPolicy['grant'], 'ttlSeconds' | 'ttlSecondsMax'>): FieldIssue[] {
  if (ttlSecondsMax === 0 || !(ttlSeconds > ttlSecondsMax)) return []
  const message = 'The access token TTL must not be longer than the maximum TTL.'
  return [{ path: ['grant', 'ttlSeconds'], code: 'ttl_exceeds_max', message }]
}

async function sourceIssues(source: KeySource, at: number, canUse: CanUse): Promise<FieldIssue[]> {
  const path = ['keys', at]
  if (source.kind === 'static-pem') {
    return pastedIssues({ path: [...path, 'pem'], kind: 'public-key', text: source.pem }, canUse)
  }
  if (source.kind === 'inline-jwk') {
    const inspected = await inspectJwk(source.jwk)
    return inspected.ok ? [] : [{ path: [...path, 'jwk'], code: inspected.code, message: inspected.message }]
  }
  return pastedIssues({ path: [...path, 'caCert'], kind: 'certificates', text: source.caCert }, canUse)
}

async function pastedIssues({ path, kind, text }: Pasted, canUse: CanUse): Promise<FieldIssue[]> {
  if (kind === 'certificates' && text === '') return []
  // Loaded when there is something to read: the readers of ASN.1 are a tenth of the editor.
  const { parseCertificates, parsePem } = await import('./keys/pem')
  const parsed = kind === 'certificates' ? parseCertificates(text) : await parsePem(text)
  if (!parsed.ok) return [{ path, code: parsed.code, message: parsed.message }]
  return kind === 'certificates' && canUse && !canUse(text) ? [{ path, ...unusable }] : []
}

/** What a fetch could not use is not saved. */
const unusable = {
  code: 'bad_certificate',
  message:
    'A certificate here cannot be read by the TLS library of this server (OpenSSL). Give it in another form, or another one.',
}
