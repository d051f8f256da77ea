import { definePreset } from '../preset'
import { githubClaims } from './claims'
import { githubFacts } from './facts'
import { actionsRuleSets, registryRuleSets } from './rule-sets'
import { githubStories } from './stories'
import { classicSubjects, githubSubjectParts, immutableSubjects } from './subjects'

export const github = definePreset({
  id: 'github',
  title: 'GitHub Actions',
  family: 'ci',
  verified: true,
  verifiedOn: '2026-11-28',
  sources: [
    'github/docs@051718f content/actions/reference/security/oidc',
    'pypi/warehouse@6b62157 oidc/models/github.py',
    'sigstore-conformance/extremely-dangerous-public-oidc-beacon@13c6c04 (a token of 13 Jun 2026)',
  ],
  unverified: ['The subject of a run for pull_request_target: taken here to be that of the target branch.'],
  issuers: [
    {
      ...{ id: 'shared', title: 'GitHub', isShared: true },
      template: 'https://token.actions.githubusercontent.com',
    },
    {
      ...{ id: 'enterprise', title: 'Issuer of an enterprise', isShared: false },
      template: 'https://token.actions.githubusercontent.com/{enterprise}',
    },
    {
      ...{ id: 'residency', title: 'Data residency', isShared: false },
      template: 'https://token.actions.{residency}.ghe.com',
    },
    {
      ...{ id: 'residency-enterprise', title: 'Data residency, issuer of an enterprise', isShared: false },
      template: 'https://token.actions.{residency}.ghe.com/{residency}',
    },
  ],
  algorithms: ['RS256'],
  audience: { isChosen: true, usual: 'https://github.com/{owner}' },
  facts: githubFacts,
  subjects: [...immutableSubjects, ...classicSubjects],
  subjectParts: githubSubjectParts,
  claims: githubClaims,
  pins: [['repository_owner_id', 'repository_id'], ['sub']],
  ruleSets: [...actionsRuleSets, ...registryRuleSets],
  samples: [
    { id: 'branch', title: 'Push to the default branch' },
    {
      ...{ id: 'environment', title: 'Deployment to an environment' },
      facts: { environment: 'production', environmentNodeId: 'EN_kwDOOZh0yc6Yx1aB' },
    },
    {
      ...{ id: 'pull-request', title: 'Pull request' },
      facts: {
        ...{ event: 'pull_request', refKind: 'pull', refName: '7/merge', refProtected: 'false' },
        ...{ headRef: 'feature/login', baseRef: 'main' },
      },
    },
    {
      ...{ id: 'tag', title: 'Release of a tag' },
      facts: { event: 'release', refKind: 'tags', refName: 'v1.4.0', refProtected: 'false' },
    },
    { id: 'classic', title: 'Push, in a repository with the older subject', subject: 'classic-ref' },
    {
      ...{ id: 'enterprise', title: 'Push, in an enterprise with an issuer of its own', issuer: 'enterprise' },
      facts: { enterprise: 'acme-group', enterpriseId: '40712' },
    },
  ],
  stories: githubStories,
  triggerClaim: 'event_name',
  lifetimeSeconds: { usual: 300, max: 900 },
  notBeforeBackdateSeconds: 300,
  run: { claim: 'run_id', workload: ['repository', 'repository_id', 'workflow'] },
  replay: 'safe',
  mustNotBe: ['ghes', 'forgejo', 'depot-ci'],
  awsConditionKeys: [
    ...['actor', 'actor_id', 'enterprise_id', 'environment', 'job_workflow_ref', 'ref', 'repository', 'repository_id'],
    ...['repository_owner_id', 'workflow'],
  ],
  tokenRequest: [
    {
      title: 'Step of a job with permissions: id-token: write',
      snippet:
        'curl -sH "Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=$AUD" | jq -r .value',
    },
  ],
  notes: [
    'The issuer is shared by all of GitHub: issuer and audience alone admit every repository there is.',
    'The job chooses the audience, so it says for whom a token is, never who asks.',
    'Subjects have IDs in repositories that were created, renamed or transferred after 15 July 2026, and where an administrator chose them. Older repositories send names alone until then; a rule needs the form that its repository sends.',
    'IDs stay in the repo part of a customised subject and cannot be removed.',
    'A preview in April 2026 joined IDs with hyphens (repo:name-123/name-456). Such names can be registered: they are names, not IDs.',
    'An organization’s template for subjects counts only in repositories with use_default: false. A template with the environment needs jobs that have one.',
    'push, schedule, workflow_dispatch, workflow_run and issue_comment on the default branch share one subject. Bind event_name.',
    'repo:owner/name:* admits every branch and every pull request.',
    'A rule on environment alone admits every person who can push, unless the environment is protected.',
    'ref_protected is the text "true", not a boolean.',
    'PyPI compares owner, repository and environment without regard to case; Keybound, AWS and Entra compare exactly.',
    'Since January 2026 AWS takes some claims as condition keys; older policies could only compare sub and aud.',
  ],
})
