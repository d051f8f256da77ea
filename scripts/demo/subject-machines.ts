import type { DemoIssuer } from './issuer'
import { audience, type Claims, labels, type Machine, type Rhythm } from './machine'

/** One repository's job, with its trust. */
type Job = {
  name: string
  team: string
  repository: string
  repositoryId: string
  /** What follows the repository in the subject. */
  context: string
  createdDaysAgo: number
  /** The forms that the trust accepts, from the subjects of both. */
  accepts: (subject: { classic: string; immutable: string }) => string[]
  /** Since when tokens come with ids, in days ago; null = they do not. */
  idsSince: number | null
  rhythm: Rhythm
  isDead?: true
  claims?: Claims
}

const ownerId = '48120377'
const push: Claims = { event_name: 'push', ref: 'refs/heads/main', ref_type: 'branch', ref_protected: 'true' }

/**
 * Jobs of GitHub Actions at every stage of the way from subjects with names to those with ids: not ready, refused since a rename,
 * ready, and with an old form to retire. One accepts what another trust accepts, and one accepts nothing.
 */
export const subjectMachines = (github: DemoIssuer): Machine[] => jobs.map((job) => toMachine(github, job))

const jobs: Job[] = [
  {
    ...{ name: 'warehouse-deployer', team: 'warehouse', repository: 'warehouse', repositoryId: '518220964' },
    ...{ context: 'environment:production', createdDaysAgo: 83, idsSince: null },
    accepts: ({ classic }) => [classic],
    rhythm: { kind: 'office', perWorkday: 2, perRestDay: 0 },
    claims: { environment: 'production' },
  },
  {
    // Its repository was renamed six days ago.
    ...{ name: 'docs-search-deploy', team: 'docs', repository: 'docs-search', repositoryId: '655310472' },
    ...{ context: 'ref:refs/heads/main', createdDaysAgo: 79, idsSince: 6 },
    accepts: ({ classic }) => [classic],
    rhythm: { kind: 'office', perWorkday: 2, perRestDay: 0 },
  },
  {
    ...{ name: 'search-indexer', team: 'storefront', repository: 'search-indexer', repositoryId: '702114385' },
    ...{ context: 'ref:refs/heads/main', createdDaysAgo: 72, idsSince: 12 },
    accepts: ({ classic, immutable }) => [classic, immutable],
    rhythm: { kind: 'every', hours: 12, minute: 20 },
  },
  {
    ...{ name: 'edge-config-sync', team: 'platform', repository: 'edge-config', repositoryId: '690017723' },
    ...{ context: 'ref:refs/heads/main', createdDaysAgo: 85, idsSince: 48 },
    accepts: ({ classic, immutable }) => [classic, immutable],
    rhythm: { kind: 'every', hours: 24, minute: 5 },
  },
  {
    // A second identity for the job that ci-release-bot is for.
    ...{ name: 'ci-release-canary', team: 'storefront', repository: 'storefront', repositoryId: '731904416' },
    ...{ context: 'ref:refs/heads/main', createdDaysAgo: 41, idsSince: 400 },
    accepts: ({ immutable }) => [immutable],
    rhythm: { kind: 'office', perWorkday: 1, perRestDay: 0 },
  },
  {
    // `refs/head` is misspelt: no job has such a reference.
    ...{ name: 'ci-nightly-tests', team: 'warehouse', repository: 'warehouse', repositoryId: '518220964' },
    ...{ context: 'ref:refs/heads/main', createdDaysAgo: 9, idsSince: null, isDead: true },
    accepts: ({ classic }) => [classic.replace('refs/heads/', 'refs/head/')],
    rhythm: { kind: 'nightly', hour: 2, times: 1 },
  },
]

function toMachine(github: DemoIssuer, job: Job): Machine {
  const { name, team, repository, repositoryId, context, idsSince, isDead } = job
  const classic = `repo:larkfield/${repository}:${context}`
  const immutable = `repo:larkfield@${ownerId}/${repository}@${repositoryId}:${context}`
  const [subject, ...more] = job.accepts({ classic, immutable })
  return {
    identity: { name, role: 'no-access', metadata: labels({ team, system: 'GitHub Actions' }) },
    createdDaysAgo: job.createdDaysAgo,
    issuer: github,
    attachment: {
      method: 'jwt',
      input: {
        configurationType: 'jwks',
        jwksUrl: `${github.url}/.well-known/jwks`,
        boundIssuer: github.url,
        boundAudiences: audience,
        // Several subjects are a bound claim there.
        ...(more.length > 0 ? { boundClaims: { sub: [subject, ...more].join(', ') } } : { boundSubject: subject }),
        accessTokenTTL: 900,
        accessTokenMaxTTL: 900,
      },
    },
    rhythm: job.rhythm,
    lifeSeconds: 300,
    claims: (random, daysAgo) => ({
      aud: audience,
      sub: idsSince !== null && daysAgo < idsSince ? immutable : classic,
      repository: `larkfield/${repository}`,
      repository_id: repositoryId,
      repository_owner: 'larkfield',
      repository_owner_id: ownerId,
      ...push,
      runner_environment: 'github-hosted',
      run_id: String(random.between(11_000_000_000, 11_999_999_999)),
      ...job.claims,
    }),
    mishaps: [],
    ips: ['192.0.2.14', '192.0.2.77'],
    userAgent: 'curl/8.9.1',
    ...(isDead ? { isDead } : {}),
  }
}
