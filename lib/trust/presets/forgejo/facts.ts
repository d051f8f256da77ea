import { baseAddress, commitSha, decimalId, gitRef, refName } from '../patterns'
import type { Facts } from '../preset'

const name = '[A-Za-z0-9._-]+'

/** Facts of a Forgejo Actions job. */
export const forgejoFacts: Facts = {
  instance: {
    title: 'Instance',
    class: 'name',
    role: 'tenant',
    pattern: baseAddress,
    sample: 'codeberg.org',
    other: 'git.attacker.example',
  },
  owner: { title: 'Owner', class: 'name', role: 'tenant', pattern: name, sample: 'acme', other: 'mallory' },
  ownerId: { title: 'Owner ID', class: 'id', role: 'tenant', pattern: decimalId, sample: '5', other: '9107' },
  repo: { title: 'Repository', class: 'name', role: 'workload', pattern: name, sample: 'web', other: 'toys' },
  repoId: { title: 'Repository ID', class: 'id', role: 'workload', pattern: decimalId, sample: '4', other: '77120' },
  event: { title: 'Event', class: 'gate', pattern: '[a-z_]+', sample: 'push', other: 'schedule' },
  ref: { title: 'Git ref', class: 'user', pattern: gitRef, sample: 'refs/heads/main', other: 'refs/heads/feature/x' },
  refType: { title: 'Kind of ref', class: 'gate', pattern: '(?:branch|tag)', sample: 'branch', other: 'tag' },
  refProtected: { title: 'Protected ref', class: 'gate', pattern: '(?:true|false)', sample: 'true', other: 'false' },
  baseRef: {
    title: 'Target branch',
    class: 'user',
    pattern: refName,
    sample: 'main',
    other: 'release',
    usuallyAbsent: true,
  },
  headRef: {
    title: 'Source branch',
    class: 'user',
    pattern: refName,
    sample: 'patch-1',
    other: 'patch-2',
    usuallyAbsent: true,
  },
  workflow: {
    title: 'Workflow file',
    class: 'name',
    role: 'workload',
    pattern: '[^/@:\\x00-\\x20\\x7f]+\\.ya?ml',
    sample: 'deploy.yml',
    other: 'test.yml',
  },
  workflowPath: {
    title: 'Path of the workflow',
    class: 'name',
    role: 'workload',
    pattern: '\\.(?:forgejo|gitea|github)/workflows/[^/@:\\x00-\\x20\\x7f]+\\.ya?ml',
    sample: '.forgejo/workflows/deploy.yml',
    other: '.forgejo/workflows/test.yml',
    from: '.forgejo/workflows/{workflow}',
  },
  actor: { title: 'Actor', class: 'user', pattern: name, sample: 'alice', other: 'mallory' },
  actorId: { title: 'Actor ID', class: 'user', pattern: decimalId, sample: '12', other: '9107' },
  runId: { title: 'Run', class: 'ephemeral', pattern: decimalId, sample: '792', other: '793' },
  runNumber: { title: 'Number of the run', class: 'ephemeral', pattern: decimalId, sample: '188', other: '189' },
  runAttempt: { title: 'Attempt', class: 'ephemeral', pattern: decimalId, sample: '1', other: '2' },
  sha: {
    title: 'Commit',
    class: 'ephemeral',
    pattern: `${commitSha}(?:[0-9a-f]{24})?`,
    sample: 'c2d72f548424103f01ee1dc02889c1e2bff816b0',
    other: '9f3182061f1e2cca4702c368cbc039b7dc9d4485',
  },
}
