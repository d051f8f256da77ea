import { email, nonBlank } from './patterns'
import { definePreset } from './preset'

const id = '[A-Za-z0-9_-]+'

/** Warp's cloud agents (Oz). The agent itself asks for its token, from inside a run. */
export const warpOz = definePreset({
  id: 'warp-oz',
  title: 'Warp Oz agent',
  family: 'agent',
  verified: false,
  verifiedOn: '2026-11-29',
  sources: ['docs.warp.dev agent platform, cloud agents, OIDC, read in a copy: claims and a sample token'],
  unverified: ['Whether iss begins with https://', 'The subject made by a template', 'Lifetime and algorithm'],
  issuers: [
    { id: 'shared', title: 'Warp', template: 'https://app.warp.dev', isShared: true },
    { id: 'without-scheme', title: 'Warp, as in its documents', template: 'app.warp.dev', isShared: true },
  ],
  algorithms: ['RS256'],
  audience: { isChosen: true, usual: 'sts.amazonaws.com' },
  facts: {
    team: { title: 'Team', class: 'id', role: 'tenant', pattern: id, sample: 'xyz789', other: 'mal000' },
    principalType: {
      title: 'Kind of principal',
      class: 'gate',
      pattern: '(?:user|service_account)',
      sample: 'service_account',
      other: 'user',
    },
    principal: {
      title: 'Principal',
      class: 'id',
      role: 'workload',
      pattern: id,
      sample: 'abc123def456',
      other: 'fed654cba321',
    },
    email: {
      title: 'Mail address',
      class: 'user',
      pattern: email,
      sample: 'alice@acme.example',
      other: 'mallory@acme.example',
      usuallyAbsent: true,
    },
    environment: {
      title: 'Environment',
      class: 'id',
      role: 'workload',
      pattern: id,
      sample: 'env_def456',
      other: 'env_abc123',
    },
    agentName: {
      title: 'Agent',
      class: 'user',
      pattern: '[^\\x00-\\x1f\\x7f]+',
      sample: 'code-review',
      other: 'assistant',
    },
    skill: {
      title: 'Skill',
      class: 'user',
      pattern: nonBlank,
      sample: 'acme/web:.warp/skills/deploy/SKILL',
      other: 'acme/web:.warp/skills/any/SKILL',
    },
    host: { title: 'Host', class: 'gate', pattern: nonBlank, sample: 'warp', other: 'worker-7' },
    run: { title: 'Run', class: 'ephemeral', pattern: id, sample: 'run_abc123', other: 'run_abc124' },
  },
  subjects: [
    { id: 'scoped', title: 'Principal of a team', template: 'scoped_principal:{team}/{principalType}:{principal}' },
    { id: 'principal', title: 'Principal', template: '{principalType}:{principal}', form: 'principal' },
  ],
  claims: [
    { path: 'teams', meaning: 'Team, a list of one', class: 'id', role: 'tenant', type: 'list', from: '{team}' },
    { path: 'environment', meaning: 'Environment of the agent', class: 'id', role: 'workload', from: '{environment}' },
    { path: 'agent_name', meaning: 'Name that the run chose', class: 'user', from: '{agentName}' },
    {
      path: 'skill_spec',
      meaning: 'Skill that was invoked; its file and the prompt come from others',
      class: 'user',
      from: '{skill}',
      isOptional: true,
    },
    { path: 'host', meaning: 'warp, or a worker of one’s own', class: 'gate', from: '{host}' },
    { path: 'email', meaning: 'Mail address; of people only', class: 'user', from: '{email}', isOptional: true },
    { path: 'run_id', meaning: 'Run', class: 'ephemeral', from: '{run}' },
  ],
  pins: [['teams', 'environment'], ['sub']],
  ruleSets: [
    {
      id: 'environment',
      title: 'One environment of the team',
      why: 'Team, principal, environment and host. Skill and agent name are influenced by the prompt.',
      rules: [
        { path: 'sub', values: ['scoped_principal:{team}/{principalType}:{principal}'] },
        { path: 'teams', values: ['{team}'] },
        { path: 'environment', values: ['{environment}'] },
        { path: 'host', values: ['{host}'] },
      ],
      admits: ['other-skill'],
    },
  ],
  samples: [
    { id: 'service-account', title: 'Account of a team' },
    { id: 'person', title: 'Person', facts: { principalType: 'user', email: 'alice@acme.example' } },
  ],
  stories: [
    {
      id: 'other-skill',
      title: 'Another skill in the environment',
      why: 'The agent asks for its own token, so a prompt can lead it to another skill.',
      change: { skill: 'other', agentName: 'other' },
      closedBy: ['skill_spec', 'agent_name'],
    },
    {
      id: 'other-environment',
      title: 'Another environment of the team',
      why: 'The subject does not name the environment.',
      change: { environment: 'other' },
      closedBy: ['environment'],
    },
    {
      id: 'person',
      title: 'A run that a person started',
      why: 'It has the same team and environment.',
      change: { principalType: 'other', principal: 'other', email: 'other' },
      closedBy: ['sub'],
    },
    {
      id: 'own-worker',
      title: 'A worker of one’s own',
      why: 'Its owner can read every token of its runs.',
      change: { host: 'other' },
      closedBy: ['host'],
    },
    {
      id: 'other-team',
      title: 'Another team',
      why: 'All teams share issuer and keys.',
      change: { team: 'other', principal: 'other', environment: 'other' },
      closedBy: ['teams', 'sub', 'environment'],
    },
  ],
  lifetimeSeconds: { usual: 3600 },
  run: { claim: 'run_id', workload: ['environment'] },
  replay: 'unknown',
  tokenRequest: [
    { title: 'Inside the agent', snippet: 'oz federate issue-token --run-id "$OZ_RUN_ID" --audience "$AUD"' },
  ],
  notes: ['Treat every claim that follows from prompt or repository as text of a stranger.'],
})
