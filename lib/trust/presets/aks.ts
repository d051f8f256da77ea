import { clusterPreset } from './cluster-preset'

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

export const aks = clusterPreset({
  id: 'aks',
  title: 'Azure Kubernetes Service',
  sources: ['sigstore/fulcio@eb10c98 meta-issuers'],
  issuers: [
    {
      ...{ id: 'usual', title: 'Cluster, with a slash at the end', isShared: false },
      template: 'https://{region}.oic.prod-aks.azure.com/{tenant}/{cluster}/',
    },
    {
      ...{ id: 'without-slash', title: 'Cluster, without a slash', isShared: false },
      template: 'https://{region}.oic.prod-aks.azure.com/{tenant}/{cluster}',
    },
    {
      ...{ id: 'older', title: 'Older cluster', isShared: false },
      template: 'https://oidc.prod-aks.azure.com/{cluster}/',
    },
    {
      ...{ id: 'older-without-slash', title: 'Older cluster, without a slash', isShared: false },
      template: 'https://oidc.prod-aks.azure.com/{cluster}',
    },
    {
      ...{ id: 'older-tenant', title: 'Older cluster, with its tenant', isShared: false },
      template: 'https://oidc.prod-aks.azure.com/{tenant}/{cluster}',
    },
  ],
  algorithms: ['RS256'],
  usualAudience: 'https://{region}.oic.prod-aks.azure.com/{tenant}/{cluster}/',
  facts: {
    region: {
      ...{ title: 'Region', class: 'name', pattern: '[a-z0-9-]+' },
      ...{ sample: 'westeurope', other: 'eastus' },
    },
    tenant: {
      ...{ title: 'Tenant of Entra', class: 'id', role: 'tenant', pattern: uuid },
      ...{ sample: '72f988bf-86f1-41af-91ab-2d7cd011db47', other: '0c1d2e3f-4a5b-4c6d-8e7f-90a1b2c3d4e5' },
    },
    cluster: {
      ...{ title: 'ID of the cluster', class: 'id', role: 'tenant', pattern: uuid },
      ...{ sample: '9a8b7c6d-5e4f-4a3b-9c2d-1e0f9a8b7c6d', other: '1b2c3d4e-5f60-4718-a293-b4c5d6e7f809' },
    },
  },
  stories: [
    {
      ...{ id: 'other-cluster', title: 'The same names in another cluster' },
      why: 'Every Azure customer creates clusters, namespaces and accounts of every name.',
      change: { tenant: 'other', cluster: 'other', accountUid: 'other' },
      ...{ hasOtherKeys: true, closedBy: ['iss'] },
    },
    {
      ...{ id: 'azure-audience', title: 'The pod’s token for Azure' },
      why: 'Pods with an identity of Azure have a token for api://AzureADTokenExchange.',
      change: { tokenId: 'other' },
      ...{ audience: 'api://AzureADTokenExchange', closedBy: ['aud'] },
    },
  ],
  notes: ['The issuer ends with a slash in most clusters. It is compared exactly: copy it from a token.'],
})
