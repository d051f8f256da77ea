import { withIssuerOfRules } from '../../analysis/issuer-of-rules'
import { isAmbiguousIssuer } from '../issuer'
import type { Reading } from '../reading'
import { definePostureRule } from '../rule'
import { remoteSources } from '../source-url'

export const l24 = definePostureRule({
  id: 'L24',
  severity: 'medium',
  title: 'Many installations have this issuer',
  why: 'Thousands of clusters call themselves https://kubernetes.default.svc.cluster.local. The issuer says nothing there: only the keys tell one cluster from another, and a URL inside the cluster gives the keys of the cluster that this server happens to be in.',
  opens: 'The identity, to service accounts of the same name in another cluster.',
  remedy:
    'Paste the cluster’s public keys, give the CA certificate of its API server, or start the cluster with an issuer URL of its own.',
  sources: ['OpenBao: JWT auth for Kubernetes', 'Kubernetes `--service-account-issuer`'],
  needs: [],
  find(reading) {
    if (!isAmbiguousIssuer(reading)) return []
    const { issuer } = reading.policy
    return remoteSources(reading.policy).flatMap(({ source, at, path, url }) => {
      const isUnpinned = source.caCert.trim() === '' && url !== null && isInternalName(url)
      const sharing = sharedBy(reading, source.url)
      if (!isUnpinned && sharing === 0) return []
      const message =
        sharing > 0
          ? `${issuer} is the issuer of many installations, and ${sharing} other trusts take the same keys.`
          : `${issuer} is the issuer of many installations, and nothing pins the server at ${url?.host} that gives its keys.`
      return [{ path: sharing > 0 ? path : ['keys', at, 'caCert'], message }]
    })
  },
})

/** A name that another network resolves to another machine. */
const isInternalName = ({ hostname }: URL) =>
  /\.(svc|svc\.[\w.-]+|local|internal|lan|home\.arpa)$/.test(hostname) || !hostname.includes('.')

function sharedBy({ others = [], policy }: Reading, url: string): number {
  return others.filter(
    ({ policy: other }) =>
      withIssuerOfRules(other).issuer === policy.issuer &&
      remoteSources(other).some(({ source }) => source.url === url),
  ).length
}
