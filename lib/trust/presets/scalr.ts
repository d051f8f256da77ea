import { line, slug } from './patterns'
import { definePreset } from './preset'

const name = '[A-Za-z0-9_.-]+'

/** Scalr runs. Only what is generally known; its documents show Scalr as the trusting side. */
export const scalr = definePreset({
  id: 'scalr',
  title: 'Scalr',
  family: 'ci',
  verified: false,
  verifiedOn: '2026-11-29',
  sources: ['General knowledge'],
  unverified: ['The issuer', 'The subject', 'All claims', 'Lifetime and algorithms'],
  issuers: [{ id: 'shared', title: 'Scalr', template: 'https://scalr.io', isShared: true }],
  algorithms: ['RS256'],
  audience: { isChosen: true },
  facts: {
    account: { title: 'Account', class: 'name', role: 'tenant', pattern: slug, sample: 'acme', other: 'mallory' },
    environment: {
      title: 'Environment',
      class: 'name',
      role: 'workload',
      pattern: name,
      sample: 'production',
      other: 'sandbox',
    },
    workspace: { title: 'Workspace', class: 'name', role: 'workload', pattern: name, sample: 'network', other: 'toys' },
    tokenId: { title: 'Token', class: 'ephemeral', pattern: line, sample: 'b7c1', other: 'b7c2' },
  },
  subjects: [
    {
      id: 'usual',
      title: 'Account, environment and workspace',
      template: 'account:{account}:environment:{environment}:workspace:{workspace}',
    },
  ],
  claims: [{ path: 'jti', meaning: 'Token', class: 'ephemeral', from: '{tokenId}', isOptional: true }],
  pins: [['sub']],
  ruleSets: [
    {
      id: 'workspace',
      title: 'One workspace',
      why: 'The whole subject, exact.',
      rules: [{ path: 'sub', values: ['account:{account}:environment:{environment}:workspace:{workspace}'] }],
    },
  ],
  samples: [{ id: 'workspace', title: 'Run of a workspace' }],
  stories: [
    {
      id: 'other-account',
      title: 'Another customer with the same names',
      why: 'All customers share the issuer.',
      change: { account: 'other' },
      closedBy: ['sub'],
    },
    {
      id: 'other-environment',
      title: 'Another environment',
      why: 'A pattern may admit it.',
      change: { environment: 'other' },
      closedBy: ['sub'],
    },
    {
      id: 'longer-name',
      title: 'A workspace whose name begins with the name',
      why: 'A pattern without an end admits it.',
      change: { workspace: { to: '{workspace}-x' } },
      closedBy: ['sub'],
    },
  ],
  replay: 'unknown',
  notes: ['Compare issuer and subject with a token of your own before you enable a trust.'],
})
