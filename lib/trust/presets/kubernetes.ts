import { clusterPreset } from './cluster-preset'

/** Clusters that their owners run: kubeadm, k3s, kind, OpenShift and the like. */
export const kubernetes = clusterPreset({
  id: 'kubernetes',
  title: 'Kubernetes, own cluster',
  sources: ['gist tsaarni/79b8b51 (a token of a year)', 'openbao.org/docs/auth/jwt/oidc-providers/kubernetes'],
  issuers: [
    {
      ...{ id: 'usual', title: 'Issuer of kubeadm, k3s and kind', isShared: false, isAmbiguous: true },
      template: 'https://kubernetes.default.svc.cluster.local',
    },
    {
      ...{ id: 'short', title: 'The same, without the cluster’s domain', isShared: false, isAmbiguous: true },
      template: 'https://kubernetes.default.svc',
    },
    {
      ...{ id: 'legacy', title: 'Tokens from secrets, which never expire', isShared: false, isAmbiguous: true },
      template: 'kubernetes/serviceaccount',
    },
    {
      ...{ id: 'own', title: 'Issuer of an own name', isShared: false, isTelling: false },
      ...{ template: 'https://{host}', jwksUrl: 'https://{host}/openid/v1/jwks' },
    },
  ],
  algorithms: ['RS256', 'ES256', 'ES384', 'ES512'],
  usualAudience: 'https://kubernetes.default.svc.cluster.local',
  facts: {
    host: {
      ...{ title: 'Host and path of the issuer', class: 'name', role: 'tenant', usuallyAbsent: true },
      ...{ pattern: '[a-z0-9.-]+(?::\\d+)?(?:/[\\w.-]+)*' },
      ...{ sample: 'oidc.acme.example/prod', other: 'oidc.evil.example/prod' },
    },
  },
  samples: [
    { id: 'usual', title: 'Pod with a projected token' },
    {
      id: 'own',
      title: 'Pod of a cluster with an own issuer',
      issuer: 'own',
      facts: { host: 'oidc.acme.example/prod' },
    },
  ],
  stories: [
    {
      ...{ id: 'other-cluster', title: 'The same names in another cluster with the same issuer' },
      why: 'Thousands of clusters have this issuer; only the keys tell them apart.',
      change: { accountUid: 'other' },
      ...{
        variants: ['usual', 'short', 'legacy'],
        hasOtherKeys: true,
        closedBy: ['/kubernetes.io/serviceaccount/uid'],
      },
    },
    {
      ...{ id: 'other-issuer', title: 'The same names in another cluster' },
      why: 'Its administrators create namespaces and accounts of every name.',
      change: { host: 'other', accountUid: 'other' },
      ...{ variants: ['own'], hasOtherKeys: true, closedBy: ['iss'] },
    },
  ],
  notes: [
    'https://kubernetes.default.svc.cluster.local is the issuer of thousands of clusters: only the keys tell them apart. Give the keys themselves, or the cluster’s CA.',
    'Tokens from secrets (iss kubernetes/serviceaccount) have neither exp nor aud. Replace them.',
  ],
})
