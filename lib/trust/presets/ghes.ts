import { githubClaims } from './github/claims'
import { githubFacts } from './github/facts'
import { actionsRuleSets } from './github/rule-sets'
import { actionsStories } from './github/stories'
import { classicSubjects, githubSubjectParts } from './github/subjects'
import { host } from './patterns'
import { definePreset } from './preset'

export const ghes = definePreset({
  id: 'ghes',
  title: 'GitHub Enterprise Server',
  family: 'ci',
  verified: true,
  verifiedOn: '2026-11-28',
  sources: ['github/docs@051718f content/actions/reference/security/oidc'],
  unverified: ['Which claims older servers do not send.'],
  issuers: [{ id: 'server', title: 'Server', template: 'https://{host}/_services/token', isShared: false }],
  algorithms: ['RS256'],
  audience: { isChosen: true, usual: 'https://{host}/{owner}' },
  facts: {
    host: {
      ...{ title: 'Host of the server', class: 'name', role: 'tenant', pattern: host },
      ...{ sample: 'github.acme.example', other: 'github.evil.example' },
    },
    ...githubFacts,
  },
  subjects: classicSubjects.map((subject) => ({ ...subject, isLegacy: false })),
  subjectParts: githubSubjectParts,
  claims: githubClaims,
  pins: [['repository_owner_id', 'repository_id'], ['sub']],
  ruleSets: actionsRuleSets,
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
  ],
  stories: [
    ...actionsStories('https://{host}/{owner}'),
    {
      ...{ id: 'github', title: 'Token of github.com with the same names' },
      why: 'Names are registered there by other people, and IDs of two servers can be the same.',
      change: { tokenId: 'other' },
      ...{ issuer: 'https://token.actions.githubusercontent.com', hasOtherKeys: true, closedBy: ['iss'] },
    },
    {
      ...{ id: 'other-server', title: 'Another server with the same names and IDs' },
      why: 'IDs are counted by each server, so that two servers have the same ones.',
      change: { host: 'other' },
      ...{ hasOtherKeys: true, closedBy: ['iss'] },
    },
  ],
  triggerClaim: 'event_name',
  lifetimeSeconds: { usual: 300, max: 900 },
  notBeforeBackdateSeconds: 300,
  run: { claim: 'run_id', workload: ['repository', 'repository_id', 'workflow'] },
  replay: 'safe',
  mustNotBe: ['github', 'forgejo', 'depot-ci'],
  tokenRequest: [
    {
      title: 'Step of a job with permissions: id-token: write',
      snippet:
        'curl -sH "Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN" "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=$AUD" | jq -r .value',
    },
  ],
  notes: [
    'The server is often in a private network: give its CA certificate, and allow its address for key fetches.',
    'Subjects have names alone; servers send no IDs in them.',
    'Before version 3.19, a colon in an environment’s name is not escaped in the subject.',
    'Every user of the server can start jobs that get tokens of its issuer.',
    'ref_protected is the text "true", not a boolean.',
  ],
})
