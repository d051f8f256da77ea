import { clusterPreset } from './cluster-preset'

export const eks = clusterPreset({
  id: 'eks',
  title: 'Amazon EKS',
  sources: ['sigstore/fulcio@eb10c98 meta-issuers'],
  issuers: [
    {
      ...{ id: 'usual', title: 'Cluster', isShared: false },
      template: 'https://oidc.eks.{region}.amazonaws.com/id/{cluster}',
    },
    {
      ...{ id: 'china', title: 'Cluster in China', isShared: false },
      template: 'https://oidc.eks.{region}.amazonaws.com.cn/id/{cluster}',
    },
  ],
  algorithms: ['RS256'],
  usualAudience: 'https://kubernetes.default.svc',
  facts: {
    region: {
      ...{ title: 'Region', class: 'name', pattern: '[a-z0-9-]+' },
      ...{ sample: 'eu-central-1', other: 'us-east-1' },
    },
    cluster: {
      ...{ title: 'ID of the cluster', class: 'id', role: 'tenant', pattern: '[0-9A-F]{32}' },
      ...{ sample: '7F3A9C0E5B1D4826A1B2C3D4E5F60718', other: '0E1D2C3B4A5968778695A4B3C2D1E0F9' },
    },
  },
  stories: [
    {
      ...{ id: 'other-cluster', title: 'The same names in another cluster' },
      why: 'Every AWS customer creates clusters, namespaces and accounts of every name.',
      change: { cluster: 'other', accountUid: 'other' },
      ...{ hasOtherKeys: true, closedBy: ['iss'] },
    },
    {
      ...{ id: 'aws-audience', title: 'The pod’s token for AWS' },
      why: 'Pods with a role of AWS have a token for sts.amazonaws.com, which other services should not accept.',
      change: { tokenId: 'other' },
      ...{ audience: 'sts.amazonaws.com', closedBy: ['aud'] },
    },
  ],
  notes: [
    'The issuer has the ID of the cluster in its last part: never accept a pattern such as …/id/*, which admits every cluster.',
    'EKS rotates its keys every seven days.',
  ],
  unverified: ['The interval of key rotation.'],
})
