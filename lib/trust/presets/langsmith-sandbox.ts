import { line, uuid } from './patterns'
import { definePreset } from './preset'

/** LangSmith sandboxes: tokens that LangSmith signs for a workspace. */
export const langsmithSandbox = definePreset({
  id: 'langsmith-sandbox',
  title: 'LangSmith sandbox',
  family: 'agent',
  verified: false,
  verifiedOn: '2026-11-29',
  sources: ['reference.langchain.com langsmith: sandbox mounts and proxies with workload identity'],
  unverified: ['The issuer', 'The spelling of the subject', 'All claims', 'Lifetime and algorithm'],
  issuers: [{ id: 'shared', title: 'LangSmith', template: 'https://api.smith.langchain.com', isShared: true }],
  algorithms: ['RS256'],
  audience: { isChosen: false, usual: 'api://AzureADTokenExchange' },
  facts: {
    workspace: {
      title: 'Workspace',
      class: 'id',
      role: 'tenant',
      pattern: uuid,
      sample: '2f1d8e6b-4a90-4b5a-8e6c-177d24e0f9a3',
      other: '9a3c2f1d-8e6b-44a9-8b5a-0e6c177d24e0',
    },
    tag: {
      title: 'Tag of the sandbox',
      class: 'user',
      role: 'workload',
      pattern: '[A-Za-z0-9-]+',
      sample: 'production',
      other: 'experiments',
      usuallyAbsent: true,
    },
    tokenId: { title: 'Token', class: 'ephemeral', pattern: line, sample: '5f2c', other: '5f2d' },
  },
  subjects: [
    { id: 'tag', title: 'Tag of a workspace', template: 'workspace:{workspace}:tag:{tag}' },
    { id: 'workspace', title: 'Workspace', template: 'workspace:{workspace}' },
  ],
  claims: [{ path: 'jti', meaning: 'Token', class: 'ephemeral', from: '{tokenId}', isOptional: true }],
  pins: [['sub']],
  ruleSets: [
    {
      id: 'workspace',
      title: 'One workspace',
      why: 'The whole subject, exact. Every sandbox of the workspace gets it.',
      rules: [{ path: 'sub', values: ['workspace:{workspace}'] }],
    },
  ],
  samples: [
    { id: 'workspace', title: 'Workspace' },
    { id: 'tag', title: 'Tag', facts: { tag: 'production' } },
  ],
  stories: [
    {
      id: 'other-workspace',
      title: 'Another workspace',
      why: 'All workspaces share the issuer.',
      change: { workspace: 'other' },
      closedBy: ['sub'],
    },
    {
      id: 'tagged',
      title: 'A sandbox with a tag of its author',
      why: 'A pattern for the workspace admits every tag, and the author of a sandbox sets its tags.',
      change: { tag: 'other' },
      closedBy: ['sub'],
    },
  ],
  replay: 'unknown',
  notes: [
    'Compare issuer and subject with a token of your own before you enable a trust.',
    'Code in a sandbox may be written by a model: treat its token as one of a stranger.',
  ],
})
