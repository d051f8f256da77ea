import { isRemoteKind } from '../../form/source-rows'
import type { TrustFormValues } from '../../form/values'

type Parts = Pick<TrustFormValues, 'sources' | 'subject' | 'claims' | 'otherRules'>

/** Returns the parts of an issuer that NativeFrame's API cannot represent; with any, that API answers 404 for it. Pure. */
export function unrepresentableParts({ sources, subject, claims, otherRules }: Parts): string[] {
  const remote = sources.filter((row) => isRemoteKind(row.kind) && row[row.kind].url.trim() !== '')
  const hasCa = sources.some((row) => isRemoteKind(row.kind) && row[row.kind].caCert.trim() !== '')
  const hasPem = sources.some(
    (row) => row.kind === 'static-pem' && row['static-pem'].some(({ pem }) => pem.trim() !== ''),
  )
  const filled = sources.filter((row) =>
    isRemoteKind(row.kind) ? row[row.kind].url.trim() !== '' : row[row.kind].length > 0,
  )
  const isUrlLate = remote.length > 0 && !isRemoteKind(filled[0]?.kind ?? 'jwks-url')
  const hasRules = subject.trim() !== '' || claims.some(({ key }) => key !== '') || otherRules.length > 0
  return [
    ...(hasCa ? ['a CA certificate'] : []),
    ...(remote.length > 1 || remote.some(({ kind }) => kind !== 'jwks-url') ? ['more than a JWKS URL'] : []),
    ...(isUrlLate ? ['supplied keys before the URL’s'] : []),
    ...(hasPem ? ['keys in PEM'] : []),
    ...(hasRules ? ['rules beyond audiences, roles and permissions'] : []),
  ]
}
