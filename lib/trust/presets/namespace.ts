import { line, nonBlank } from './patterns'
import { definePreset } from './preset'

/** Namespace workloads. */
export const namespace = definePreset({
  id: 'namespace',
  title: 'Namespace',
  family: 'ci',
  verified: false,
  verifiedOn: '2026-11-29',
  sources: ['namespace.so/docs federation: AWS and Google Cloud guides, workload tokens'],
  unverified: ['The subject after the workspace', 'Claims beside tenant_id', 'Lifetime and algorithm'],
  issuers: [{ id: 'shared', title: 'Namespace', template: 'https://federation.namespaceapis.com', isShared: true }],
  algorithms: ['RS256', 'ES256'],
  audience: { isChosen: true },
  facts: {
    workspace: {
      title: 'Workspace',
      class: 'id',
      role: 'tenant',
      pattern: '[A-Za-z0-9_-]+',
      sample: 'tenant_5f2cacme',
      other: 'tenant_9107mallory',
    },
    workload: {
      title: 'Workload',
      class: 'ephemeral',
      role: 'workload',
      pattern: nonBlank,
      sample: 'instance/8s1k2',
      other: 'instance/9t2l3',
    },
    tokenId: { title: 'Token', class: 'ephemeral', pattern: line, sample: '5f2c', other: '5f2d' },
  },
  subjects: [{ id: 'workload', title: 'Workspace and workload', template: '{workspace}/{workload}' }],
  claims: [
    { path: 'tenant_id', meaning: 'Workspace', class: 'id', role: 'tenant', from: '{workspace}' },
    { path: 'jti', meaning: 'Token', class: 'ephemeral', from: '{tokenId}', isOptional: true },
  ],
  pins: [['tenant_id']],
  ruleSets: [
    {
      id: 'workspace',
      title: 'One workspace',
      why: 'Every workload of the workspace. What follows the workspace in the subject is not documented.',
      rules: [{ path: 'tenant_id', values: ['{workspace}'] }],
    },
  ],
  samples: [{ id: 'workload', title: 'Workload' }],
  stories: [
    {
      id: 'other-workspace',
      title: 'Another workspace',
      why: 'All workspaces share issuer and keys.',
      change: { workspace: 'other' },
      closedBy: ['tenant_id', 'sub'],
    },
  ],
  replay: 'unknown',
  tokenRequest: [{ title: 'Inside the workload', snippet: 'nsc auth issue-id-token --audience $AUD' }],
})
