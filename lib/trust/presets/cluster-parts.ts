import type { Claims, Facts, Stories } from './preset'

const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?'
const name = '[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?'
const uid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** Facts of a Kubernetes service account and the pod that uses it. */
export const clusterFacts: Facts = {
  namespace: {
    ...{ title: 'Namespace', class: 'name', role: 'tenant', pattern: label },
    ...{ sample: 'payments', other: 'sandbox' },
  },
  account: {
    ...{ title: 'Service account', class: 'name', role: 'workload', pattern: name },
    ...{ sample: 'api', other: 'worker' },
  },
  accountUid: {
    ...{ title: 'UID of the service account', class: 'id', role: 'workload', pattern: uid },
    ...{ sample: '8a3b6c1d-2e4f-4a5b-9c7d-0e1f2a3b4c5d', other: '1f2e3d4c-5b6a-4798-8a0b-c1d2e3f4a5b6' },
  },
  pod: {
    ...{ title: 'Pod', class: 'ephemeral', pattern: name },
    ...{ sample: 'api-6d4cf56db6-x7k2p', other: 'debug-shell' },
  },
  podUid: {
    ...{ title: 'UID of the pod', class: 'ephemeral', pattern: uid },
    ...{ sample: '5e0f9d7c-1b2a-4c3d-8e4f-6a7b8c9d0e1f', other: '0d1c2b3a-4958-4677-a695-b4c3d2e1f0a9' },
  },
  node: {
    ...{ title: 'Node', class: 'ephemeral', pattern: name },
    ...{ sample: 'node-3.internal', other: 'node-9.internal' },
  },
  nodeUid: {
    ...{ title: 'UID of the node', class: 'ephemeral', pattern: uid },
    ...{ sample: 'b7c8d9e0-f1a2-4b3c-9d4e-5f6a7b8c9d0e', other: 'e0d9c8b7-a6f5-4e4d-8c3b-2a1f0e9d8c7b' },
  },
  tokenId: {
    ...{ title: 'ID of the token', class: 'ephemeral', pattern: uid },
    ...{ sample: '3c2b1a09-8f7e-4d6c-9b5a-48372615f0e1', other: 'c1d2e3f4-0a1b-4c2d-8e3f-405162738495' },
  },
}

/** Claims of a service account’s token: nested ones as issued today, flat ones in secrets of old clusters. */
export const clusterClaims: Claims = [
  {
    ...{ path: '/kubernetes.io/namespace', class: 'name', role: 'tenant', from: '{namespace}' },
    meaning: 'Namespace of the service account. It can be deleted and created again.',
  },
  {
    ...{ path: '/kubernetes.io/serviceaccount/name', class: 'name', role: 'workload', from: '{account}' },
    ...{
      id: '/kubernetes.io/serviceaccount/uid',
      meaning: 'Name of the service account, unique in its namespace only.',
    },
  },
  {
    ...{ path: '/kubernetes.io/serviceaccount/uid', class: 'id', role: 'workload', from: '{accountUid}' },
    meaning: 'UID of the service account. An account that is created again has another.',
  },
  {
    ...{ path: '/kubernetes.io/pod/name', class: 'ephemeral', from: '{pod}', isOptional: true },
    meaning: 'Pod that the token was made for.',
  },
  {
    ...{ path: '/kubernetes.io/pod/uid', class: 'ephemeral', from: '{podUid}', isOptional: true },
    meaning: 'UID of the pod.',
  },
  {
    ...{ path: '/kubernetes.io/node/name', class: 'ephemeral', from: '{node}', isOptional: true },
    meaning: 'Node of the pod. Since Kubernetes 1.29.',
  },
  {
    ...{ path: '/kubernetes.io/node/uid', class: 'ephemeral', from: '{nodeUid}', isOptional: true },
    meaning: 'UID of the node. Since Kubernetes 1.29.',
  },
  {
    ...{ path: '/kubernetes.io/secret/name', class: 'name', isOptional: true },
    meaning: 'Secret that the token is bound to.',
  },
  {
    ...{ path: '/kubernetes.io/secret/uid', class: 'id', isOptional: true },
    meaning: 'UID of that secret.',
  },
  {
    ...{ path: '/kubernetes.io/warnafter', class: 'ephemeral', type: 'number', isOptional: true },
    meaning: 'When the kubelet should have renewed the token. The token itself lives for a year.',
  },
  {
    path: 'jti',
    class: 'ephemeral',
    from: '{tokenId}',
    isOptional: true,
    meaning: 'ID of the token. Since Kubernetes 1.29.',
  },
  {
    ...{ path: 'kubernetes.io/serviceaccount/namespace', class: 'name', role: 'tenant', isOptional: true },
    meaning: 'Namespace, in a token that never expires from a secret.',
  },
  {
    ...{ path: 'kubernetes.io/serviceaccount/service-account.name', class: 'name', role: 'workload', isOptional: true },
    ...{ id: 'kubernetes.io/serviceaccount/service-account.uid' },
    meaning: 'Service account, in a token that never expires from a secret.',
  },
  {
    ...{ path: 'kubernetes.io/serviceaccount/service-account.uid', class: 'id', role: 'workload', isOptional: true },
    meaning: 'UID of the service account, in a token that never expires from a secret.',
  },
  {
    ...{ path: 'kubernetes.io/serviceaccount/secret.name', class: 'name', isOptional: true },
    meaning: 'Secret that holds the token.',
  },
]

const uidPath = '/kubernetes.io/serviceaccount/uid'

export const clusterStories = (usualAudience: string): Stories => [
  {
    ...{ id: 'other-namespace', title: 'Service account of the same name in another namespace' },
    why: 'Teams create namespaces and accounts as they like.',
    change: { namespace: 'other', accountUid: 'other' },
    closedBy: [uidPath, 'sub', '/kubernetes.io/namespace'],
  },
  {
    ...{ id: 'namespace-prefix', title: 'Namespace whose name begins the same' },
    why: 'A prefix that ends inside a name admits every longer name.',
    change: { namespace: { to: '{namespace}-x' }, accountUid: 'other' },
    closedBy: [uidPath, 'sub', '/kubernetes.io/namespace'],
  },
  {
    ...{ id: 'other-account', title: 'Another service account of the namespace' },
    why: 'Every pod of the namespace gets tokens.',
    change: { account: 'other', accountUid: 'other' },
    closedBy: [uidPath, 'sub', '/kubernetes.io/serviceaccount/name'],
  },
  {
    ...{ id: 'default-account', title: 'The account named default of the namespace' },
    why: 'Every pod that names no account has it.',
    change: { account: { to: 'default' }, accountUid: 'other' },
    closedBy: [uidPath, 'sub', '/kubernetes.io/serviceaccount/name'],
  },
  {
    ...{ id: 'recreated-account', title: 'Service account deleted and created again' },
    why: 'The new account has the old name, perhaps in another team’s namespace of the old name.',
    change: { accountUid: 'other' },
    closedBy: [uidPath],
  },
  {
    ...{ id: 'usual-audience', title: 'Token for the API server' },
    why: 'Such tokens are sent to other services, too, which could pass them on.',
    change: { tokenId: 'other' },
    ...{ audience: usualAudience, closedBy: ['aud'] },
  },
  {
    ...{ id: 'year-long', title: 'Token that is mounted by default and lives a year' },
    why: 'A copy of it is good for a year, although the kubelet renews it each hour.',
    change: { tokenId: 'other' },
    ...{ audience: usualAudience, lifetimeSeconds: 31_536_000, closedBy: ['aud'] },
  },
]
