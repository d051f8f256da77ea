import { isIssuerTemplate } from '../../issuer-template'
import type { Path } from '../finding'
import { fixOf } from '../fix'
import { isAmbiguousIssuer, keyHostOf } from '../issuer'
import type { Reading } from '../reading'
import { definePostureRule } from '../rule'
import { readUrl, registeredName, remoteSources } from '../source-url'

export const l23 = definePostureRule({
  id: 'L23',
  severity: 'medium',
  title: 'Issuer and key source do not belong together',
  why: 'The discovery document vouches for one issuer. Where it names another, or where the keys are on another host than the issuer, the trust believes the signatures of a party that its issuer never named. One slash too many makes every token fail.',
  opens: 'The identity, to the owner of the other host; or no login at all.',
  remedy: 'Give the issuer as the discovery document spells it, and take the keys from the URL that it names.',
  sources: ['OpenID Connect Discovery 1.0 §4.3', 'Azure/login#175', 'AKS and Auth0 issuers end in a slash'],
  needs: [],
  find(reading) {
    const { policy, keysInEffect = [] } = reading
    const { issuer } = policy
    if (issuer === null || isIssuerTemplate(issuer)) return []
    const documents = keysInEffect.flatMap(({ source, set }) =>
      policy.keys[source]?.kind === 'oidc-discovery' && set.issuer !== undefined ? [{ source, named: set.issuer }] : [],
    )
    const differing = documents
      .filter(({ named }) => named !== issuer && !isIssuerTemplate(named))
      .map(({ source, named }) => ({
        path: ['keys', source, 'url'] satisfies Path,
        message: isSlashApart(named, issuer)
          ? `The discovery document names ${named} and the trust ${issuer}: they differ by a slash at the end.`
          : `The discovery document names ${named}, and the trust ${issuer}.`,
        fix: isSlashApart(named, issuer)
          ? fixOf(reading, `Take ${named} as the issuer`, (draft) => ({ ...draft, issuer: named }))
          : undefined,
      }))
    return [...differing, ...foreignHosts(reading, issuer)]
  },
})

const isSlashApart = (one: string, other: string) => one === `${other}/` || other === `${one}/`

/** Key sources on a host of another owner than the issuer's, where the preset does not name that host. */
function foreignHosts(reading: Reading, issuer: string) {
  const own = readUrl(issuer)
  // An issuer that many installations share is no address of its keys.
  if (!own || !/^https?:$/.test(own.protocol) || isAmbiguousIssuer(reading)) return []
  const known = keyHostOf(reading)
  return remoteSources(reading.policy).flatMap(({ path, url }) => {
    if (!url || registeredName(url) === registeredName(own) || url.host === known) return []
    return [{ path, message: `The keys are on ${url.host}, and the issuer is on ${own.host}.` }]
  })
}
