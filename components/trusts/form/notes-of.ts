import { isTestPem } from '@/lib/client/test-key'
import { definitionOf, type Kind } from '@/lib/trust/kinds'
import { letsEverythingIn, opensEverything } from '@/lib/trust/matchers/glob-any'
import type { TrustPolicy } from '@/lib/trust/policy'

/** A note on a draft; `field` is the form field. */
export type TrustNote = { id: string; field: string; message: string }

const daySeconds = 86_400

/** Returns notes on a draft that deserve a second look. Not errors: each may be intended. Pure. */
export function notesOf(
  policy: Pick<TrustPolicy, 'keys' | 'issuer' | 'rules' | 'grant' | 'lifetime'>,
  kind: Kind,
): TrustNote[] {
  const { keys, issuer, rules, grant, lifetime } = policy
  // Tokens of an issuer or a provider belong to many people by design.
  const { belongsTo, issuesTokens } = definitionOf(kind)
  const isOnes = belongsTo === 'identity'
  const demands = (path: string) => rules.some((rule) => rule.path === path && rule.whenAbsent === 'refuse')
  const narrows = rules.some(({ path, whenAbsent }) => path !== 'aud' && whenAbsent === 'refuse')
  const open = rules.filter(
    ({ path, matcher }) =>
      matcher.kind === 'glob-any' && letsEverythingIn(matcher.values) && (isOnes || path !== 'sub'),
  )

  const isTest = keys.some((source) => source.kind === 'static-pem' && isTestPem(source.pem))

  return [
    ...noteIf(isTest, 'test-key', 'sources', 'A TEST key: its maker can log in as this identity.'),
    ...noteIf(issuer === null, 'no-issuer', 'issuer', 'No issuer: every token these keys sign is accepted.'),
    ...noteIf(
      !demands('aud'),
      'no-audience',
      'audiences',
      'No audience: a token made for another service is accepted here too.',
    ),
    ...noteIf(
      isOnes && !narrows,
      'no-subject',
      'subject',
      'No subject and no claims: every machine of this issuer may log in as this identity.',
    ),
    ...open.map(({ path, matcher }) => {
      const values = 'values' in matcher ? matcher.values.filter(opensEverything).join(', ') : ''
      return {
        id: `open-${path}`,
        field: path === 'aud' ? 'audiences' : path === 'sub' ? 'subject' : 'claims',
        message: `The pattern ${values} for ${path} lets everything in.`,
      }
    }),
    ...noteIf(
      issuesTokens && (grant.ttlSeconds === 0 || grant.ttlSeconds > daySeconds),
      'long-ttl',
      'grant.ttlSeconds',
      'Access tokens live longer than a day: a leaked one can be used that long.',
    ),
    ...noteIf(
      !lifetime.requireExpiry,
      'no-expiry',
      'lifetime.requireExpiry',
      'Tokens without an expiry are accepted: a leaked one works for good.',
    ),
  ]
}

const noteIf = (applies: boolean, id: string, field: string, message: string): TrustNote[] =>
  applies ? [{ id, field, message }] : []
