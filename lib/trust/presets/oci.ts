import { line } from './patterns'
import { definePreset } from './preset'

const ocid = (kind: string) => `ocid1\\.${kind}\\.[a-z0-9-]+\\.[a-z0-9-]*\\.[a-z0-9]+`

/** Oracle Cloud: tokens of an identity domain for a resource (instance principal). */
export const oci = definePreset({
  id: 'oci',
  title: 'Oracle Cloud resource',
  family: 'cloud',
  verified: false,
  verifiedOn: '2026-11-29',
  sources: [
    'AWS service reference (condition keys for idcs-<id>.identity.oraclecloud.com: rpst_id)',
    'General knowledge',
  ],
  unverified: ['The subject', 'All claims beside rpst_id', 'Audience, lifetime and algorithm'],
  issuers: [
    {
      id: 'domain',
      title: 'Identity domain',
      template: 'https://idcs-{domainId}.identity.oraclecloud.com',
      isShared: false,
    },
    { id: 'common', title: 'Oracle Cloud', template: 'https://identity.oraclecloud.com/', isShared: true },
  ],
  algorithms: ['RS256'],
  audience: { isChosen: true },
  facts: {
    domainId: {
      title: 'Identity domain',
      class: 'id',
      role: 'tenant',
      pattern: '[0-9a-f]{32}',
      sample: '3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c',
      other: '00112233445566778899aabbccddeeff',
    },
    tenancy: {
      title: 'Tenancy',
      class: 'id',
      role: 'tenant',
      pattern: ocid('tenancy'),
      sample: 'ocid1.tenancy.oc1..aaaaaaaaacmetenancy',
      other: 'ocid1.tenancy.oc1..aaaaaaaamallorytenancy',
    },
    resource: {
      title: 'Resource',
      class: 'id',
      role: 'workload',
      pattern: ocid('[a-z0-9]+'),
      sample: 'ocid1.instance.oc1.phx.anyhqljtacmeinstance',
      other: 'ocid1.instance.oc1.phx.anyhqljtotherinstance',
    },
    tokenId: { title: 'Token', class: 'ephemeral', pattern: line, sample: '5f2c', other: '5f2d' },
  },
  subjects: [{ id: 'resource', title: 'Resource', template: '{resource}' }],
  claims: [
    {
      path: 'rpst_id',
      meaning: 'Resource that asked for the token',
      class: 'id',
      role: 'workload',
      from: '{resource}',
    },
    { path: 'tenant', meaning: 'Tenancy', class: 'id', role: 'tenant', from: '{tenancy}', isOptional: true },
    { path: 'jti', meaning: 'Token', class: 'ephemeral', from: '{tokenId}', isOptional: true },
  ],
  pins: [['rpst_id'], ['sub']],
  ruleSets: [
    {
      id: 'resource',
      title: 'One resource',
      why: 'The OCID of the resource is never given again.',
      rules: [{ path: 'rpst_id', values: ['{resource}'] }],
    },
  ],
  samples: [{ id: 'instance', title: 'Instance' }],
  stories: [
    {
      id: 'other-resource',
      title: 'Another resource of the tenancy',
      why: 'It has the same issuer.',
      change: { resource: 'other' },
      closedBy: ['rpst_id', 'sub'],
    },
    {
      id: 'other-tenancy',
      title: 'A resource of another tenancy',
      why: 'It has an issuer of its own.',
      change: { domainId: 'other', tenancy: 'other', resource: 'other' },
      closedBy: ['iss', 'rpst_id', 'sub'],
    },
  ],
  replay: 'unknown',
  awsConditionKeys: ['rpst_id'],
  notes: ['Compare issuer, subject and claims with a token of your own before you enable a trust.'],
})
