import { fixOf, withSource } from '../fix'
import { definePostureRule } from '../rule'
import { isLoopback, remoteSources } from '../source-url'

export const l04 = definePostureRule({
  id: 'L04',
  severity: 'critical',
  title: 'Keys are fetched without TLS',
  why: 'Keys that come over plain HTTP can be replaced on the way. An attacker on the network then signs tokens that verify.',
  opens: 'Every identity of this trust, to anyone on the path between this server and the key source.',
  remedy: 'Give the https URL of the key set or of the discovery document. A private CA can be given beside it.',
  sources: ['RFC 8725 §3.6', 'OpenID Connect Discovery 1.0 §7.1', 'Kubernetes requires https for OIDC issuers'],
  needs: [],
  find: (reading) =>
    remoteSources(reading.policy).flatMap(({ source, at, path, url }) => {
      if (url?.protocol !== 'http:' || isLoopback(url)) return []
      const secure = source.url.replace(/^http:/i, 'https:')
      return {
        path,
        message: `Keys are fetched from ${source.url}, which is not protected by TLS.`,
        fix: fixOf(reading, `Fetch from ${secure}`, withSource(at, { ...source, url: secure })),
      }
    }),
})
