import { clusterPreset } from './cluster-preset'

const issuer = 'https://container.googleapis.com/v1/projects/{project}/locations/{location}/clusters/{cluster}'

export const gke = clusterPreset({
  id: 'gke',
  title: 'Google Kubernetes Engine',
  sources: ['sigstore/fulcio@eb10c98 meta-issuers'],
  issuers: [{ ...{ id: 'usual', title: 'Cluster', isShared: false }, template: issuer }],
  algorithms: ['RS256'],
  usualAudience: issuer,
  facts: {
    project: {
      ...{ title: 'Project', class: 'id', role: 'tenant', pattern: '[a-z0-9.:-]+' },
      ...{ sample: 'acme-prod', other: 'evil-prod' },
    },
    location: {
      ...{ title: 'Location', class: 'name', pattern: '[a-z0-9-]+' },
      ...{ sample: 'europe-west3', other: 'us-central1' },
    },
    cluster: {
      ...{ title: 'Cluster', class: 'name', role: 'tenant', pattern: '[a-z0-9-]+' },
      ...{ sample: 'payments', other: 'sandbox' },
    },
  },
  stories: [
    {
      ...{ id: 'other-cluster', title: 'The same names in another cluster' },
      why: 'Every customer creates clusters, namespaces and accounts of every name.',
      change: { project: 'other', accountUid: 'other' },
      ...{ hasOtherKeys: true, closedBy: ['iss'] },
    },
  ],
  notes: ['The name of the cluster is part of the issuer: a cluster that is created again has the same one.'],
})
