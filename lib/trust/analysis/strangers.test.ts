import { describe, expect, test } from 'vitest'
import type { ClaimRule } from '../policy'
import { presetOf, presets } from '../presets'
import type { Preset, RuleSet } from '../presets/preset'
import { sampleJob } from '../presets/sample-claims'
import { storiesOf } from '../presets/stories'
import { print } from '../presets/template'
import { acceptsToken, type ClaimPolicy } from './judge-claims'
import { strangers, withClosing } from './strangers'

const now = 1_790_000_000
const audience = 'https://keybound.example.com'

describe.each(presets.map((preset) => [preset.id, preset] as const))('%s', (_, preset) => {
  test.each(preset.ruleSets.map((one) => [one.id, one] as const))(
    'the rule set %s admits its own job, and of the stories those alone that it means to',
    (_id, ruleSet) => {
      const result = judged(policyOf(preset, ruleSet), preset)
      const admitted = result.strangers.filter((one) => one.admitted).map(({ story }) => story.id)
      expect(admitted.sort()).toEqual([...ruleSet.admits].sort())
    },
  )

  test('with the issuer alone, each story that applies is admitted, or needs other keys, and its fix closes it', () => {
    const issuer = sampleJob(preset).issuer
    const policy: ClaimPolicy = { issuer, rules: [] }
    const result = judged(policy, preset)
    for (const stranger of result.strangers) {
      if (stranger.keptOutBy === 'rules') {
        expect(stranger.claims.iss, stranger.story.id).not.toBe(issuer)
        continue
      }
      expect(stranger.closedBy, stranger.story.id).not.toBeNull()
      if (!stranger.closedBy) continue
      const closed = withClosing(policy, stranger.closedBy)
      expect(acceptsToken(closed, stranger.claims), stranger.story.id).toBe(false)
      expect(acceptsToken(closed, result.trusted)).toBe(true)
    }
  })

  test('each story applies to the job of a sample', () => {
    const applied = preset.samples.flatMap((sample) =>
      storiesOf(preset, sampleJob(preset, sample.id), preset.audience.isChosen ? { now, audience } : { now }).map(
        ({ story }) => story.id,
      ),
    )
    expect(preset.stories.map(({ id }) => id).filter((id) => !applied.includes(id))).toEqual([])
  })
})

const rule = (path: string, values: string[], kind: 'equals-any' | 'glob-any' = 'equals-any'): ClaimRule => ({
  ...{ path, whenAbsent: 'refuse' },
  matcher: { kind, values },
})

function judged(policy: ClaimPolicy, preset: Preset) {
  const result = strangers(policy, preset, now)
  if (result.state !== 'judged') throw new Error(result.refusals.map(({ message }) => message).join(' '))
  return result
}

function policyOf(preset: Preset, { rules, sample }: RuleSet): ClaimPolicy {
  const { facts, issuer } = sampleJob(preset, sample)
  const own = rules.map(({ path, values }) =>
    rule(
      path,
      values.map((value) => print(value, facts) ?? ''),
    ),
  )
  const usual = print(preset.audience.usual ?? '', facts)
  const audiences = preset.audience.isChosen ? [audience] : usual ? [usual] : []
  return { issuer, rules: [...audiences.map((one) => rule(preset.audience.claim, [one])), ...own] }
}

describe('GitHub', () => {
  const github = presetOf('github')!
  const admittedBy = (rules: ClaimRule[]) => {
    const policy = { issuer: 'https://token.actions.githubusercontent.com', rules: [rule('aud', [audience]), ...rules] }
    const { strangers: all } = judged(policy, github)
    return all.filter(({ admitted }) => admitted).map(({ story }) => story.id)
  }

  test('the classic subject of a branch admits a recycled name, other triggers and other workflows of main', () => {
    const admitted = admittedBy([rule('sub', ['repo:octo-org/api:ref:refs/heads/main'])])
    expect(admitted).toEqual(
      expect.arrayContaining([
        'recycled-owner',
        'recreated-repository',
        'comment',
        'pull-request-target',
        'other-workflow',
      ]),
    )
    for (const out of ['other-owner', 'other-repository', 'fork-pull-request', 'other-branch', 'tag']) {
      expect(admitted).not.toContain(out)
    }
  })

  test('the immutable subject of a branch keeps recycled names out', () => {
    const admitted = admittedBy([rule('sub', ['repo:octo-org@1/api@2:ref:refs/heads/main'])])
    expect(admitted).not.toContain('recycled-owner')
    expect(admitted).toContain('comment')
  })

  test('a pattern for a whole owner admits its other repositories, and no other owner', () => {
    const admitted = admittedBy([rule('sub', ['repo:octo-org/**'], 'glob-any')])
    expect(admitted).toEqual(expect.arrayContaining(['other-repository', 'other-branch', 'fork-pull-request', 'tag']))
    expect(admitted).not.toContain('other-owner')
  })

  test('a pattern that ends inside the owner’s name admits a look-alike', () => {
    expect(admittedBy([rule('sub', ['repo:octo-*/**'], 'glob-any')])).toContain('hyphen-lookalike')
  })

  test('a list with a classic subject admits a recycled name, whichever form comes first', () => {
    const [classic, immutable] = ['repo:octo-org/api:ref:refs/heads/main', 'repo:octo-org@1/api@2:ref:refs/heads/main']
    expect(admittedBy([rule('sub', [classic, immutable])])).toContain('recycled-owner')
    expect(admittedBy([rule('sub', [immutable, classic])])).toContain('recycled-owner')
    expect(admittedBy([rule('sub', [immutable, classic]), rule('repository_owner_id', ['1'])])).not.toContain(
      'recycled-owner',
    )
  })

  test('a trust of hundreds of patterns has its job, too', () => {
    const values = Array.from({ length: 300 }, (_, at) => `repo:o${at}/r*:ref:refs/heads/*`)
    expect(admittedBy([rule('sub', values, 'glob-any')])).toContain('other-branch')
  })

  test('a bad value among good ones is told', () => {
    const values = ['repo:octo-org/api:environment:production', 'repo:octo-org/*:pull_request']
    const admitted = admittedBy([rule('sub', values, 'glob-any')])
    expect(admitted).toEqual(expect.arrayContaining(['other-repository', 'fork-pull-request']))
    expect(admitted).not.toContain('other-owner')
  })

  test('a job that the trust names is no stranger, and no fix keeps it out', () => {
    const policy = {
      issuer: 'https://token.actions.githubusercontent.com',
      rules: [rule('sub', ['repo:o/r:environment:production', 'repo:o/r:environment:preview'])],
    }
    const closings = judged(policy, github).strangers.flatMap(({ closedBy }) => closedBy ?? [])
    for (const closing of closings) {
      for (const environment of ['production', 'preview']) {
        const token = { ...judged(policy, github).trusted, environment, sub: `repo:o/r:environment:${environment}` }
        expect(acceptsToken(withClosing(policy, closing), token)).toBe(true)
      }
    }
  })

  test('a called workflow alone admits every repository that calls it', () => {
    const called = 'octo-org/workflows/.github/workflows/deploy.yml@refs/heads/main'
    expect(admittedBy([rule('job_workflow_ref', [called])])).toContain('foreign-caller')
  })

  test('an environment alone admits every repository that names it', () => {
    expect(admittedBy([rule('environment', ['production'])])).toEqual(
      expect.arrayContaining(['other-owner', 'environment-of-other-branch']),
    )
  })

  test('the rules of the trust say who the trusted job is', () => {
    const policy = {
      issuer: 'https://token.actions.githubusercontent.com',
      rules: [
        rule('aud', ['sts.octo']),
        rule('repository', ['octo-org/api']),
        rule('ref', ['refs/heads/release']),
        rule('environment', ['eu:prod']),
      ],
    }
    expect(judged(policy, github).trusted).toMatchObject({
      ...{ aud: 'sts.octo', repository: 'octo-org/api', repository_owner: 'octo-org', ref: 'refs/heads/release' },
      sub: 'repo:octo-org@6154722/api@966304329:environment:eu%3Aprod',
      workflow_ref: 'octo-org/api/.github/workflows/deploy.yml@refs/heads/release',
    })
  })

  test('a fix has the trust’s own value where it states one, and is an example where only a sample has it', () => {
    const closings = (rules: ClaimRule[]) => {
      const { strangers: all } = judged({ issuer: 'https://token.actions.githubusercontent.com', rules }, github)
      return new Map(all.map(({ story, closedBy }) => [story.id, closedBy]))
    }
    const byName = closings([rule('sub', ['repo:octo-org/api:**'], 'glob-any'), rule('repository', ['octo-org/api'])])
    expect(byName.get('recycled-owner')).toMatchObject({ rule: { path: 'repository_owner_id' }, isExample: true })
    expect(byName.get('comment')).toMatchObject({ rule: { path: 'event_name' }, isExample: false })
    const byId = closings([rule('repository', ['octo-org/api']), rule('job_workflow_ref', ['octo-org/**'], 'glob-any')])
    expect(byId.get('foreign-caller')).toBeNull()
    const byWorkflow = closings([
      rule('sub', ['repo:octo-org/*:**'], 'glob-any'),
      rule('repository_owner', ['octo-org']),
    ])
    expect(byWorkflow.get('other-repository')).toMatchObject({ isExample: true })
  })

  test('a tag, a pull request or an environment in the rules makes the whole token one of its kind', () => {
    const trusted = (sub: string) =>
      judged({ issuer: 'https://token.actions.githubusercontent.com', rules: [rule('sub', [sub])] }, github).trusted
    expect(trusted('repo:o/r:ref:refs/tags/v2')).toMatchObject({
      ref: 'refs/tags/v2',
      ref_type: 'tag',
      event_name: 'release',
    })
    expect(trusted('repo:o/r:pull_request')).toMatchObject({ event_name: 'pull_request', ref: 'refs/pull/7/merge' })
    expect(trusted('repo:o/r:environment:x')).toMatchObject({ environment: 'x', ref: 'refs/heads/main' })
  })

  test('a subject that an administrator composed keeps its form', () => {
    const sub = 'repository_owner_id:65:repository_id:900:environment:release'
    const policy = { issuer: 'https://token.actions.githubusercontent.com', rules: [rule('sub', [sub])] }
    const result = judged(policy, github)
    expect(result.trusted).toMatchObject({ sub, repository_id: '900', environment: 'release' })
    expect(result.strangers.find(({ story }) => story.id === 'other-owner')?.admitted).toBe(false)
  })

  test.each([
    [[rule('sub', ['repo:octo-org/api:ref:refs/head/main'])]],
    [[rule('event_name', ['pullrequest'])]],
    [[rule('event_name', ['pull-request'])]],
    [[rule('sub', ['repo:octo-org/api:ref:refs/heads/main']), rule('environment', ['production'])]],
    [[rule('sub', ['project_path:acme/api:ref_type:branch:ref:main'])]],
  ])('a trust that no job of the issuer fits is said to have no token of its own', (rules) => {
    const result = strangers({ issuer: 'https://token.actions.githubusercontent.com', rules }, github, now)
    expect(result).toMatchObject({ state: 'no-trusted-token' })
    if (result.state === 'no-trusted-token') expect(result.refusals.length).toBeGreaterThan(0)
  })
})

describe('other issuers', () => {
  const admittedBy = (id: string, issuer: string, rules: ClaimRule[]) =>
    judged({ issuer, rules }, presetOf(id)!).strangers.flatMap(({ story, admitted }) => (admitted ? [story.id] : []))

  test('a prefix that ends in a workspace’s name admits longer names', () => {
    const prefix = 'organization:octo:project:Default Project:workspace:prod'
    const admitted = (pattern: string) =>
      admittedBy('hcp-terraform', 'https://app.terraform.io', [rule('sub', [pattern], 'glob-any')])
    expect(admitted(`${prefix}*`)).toContain('workspace-prefix')
    expect(admitted(`${prefix}:*`)).not.toContain('workspace-prefix')
    expect(admitted(`${prefix}:*`)).toContain('plan')
  })

  test('a service account in every namespace', () => {
    const rules = [rule('sub', ['system:serviceaccount:*:default'], 'glob-any')]
    const admitted = admittedBy('kubernetes', 'https://kubernetes.default.svc.cluster.local', rules)
    expect(admitted).toContain('other-namespace')
    expect(admitted).not.toContain('other-account')
  })

  test('another cluster with the same issuer is kept out by the keys alone', () => {
    const policy = { issuer: 'https://kubernetes.default.svc.cluster.local', rules: [] }
    const { strangers: all } = judged(policy, presetOf('kubernetes')!)
    const cluster = all.find(({ story }) => story.id === 'other-cluster')
    expect(cluster).toMatchObject({ admitted: false, keptOutBy: 'keys' })
  })

  test('a tag that the caller sets is set by the stranger, too', () => {
    const tag = rule('/https:~1~1sts.amazonaws.com~1/request_tags/environment', ['production'])
    expect(admittedBy('aws-outbound', 'https://abc.tokens.sts.global.api.aws', [tag])).toContain('request-tags')
  })

  test('a directory whose audiences administrators choose', () => {
    const rules = [rule('aud', ['keybound']), rule('azp', ['ci'])]
    expect(admittedBy('keycloak', 'https://id.acme.example/realms/prod', rules)).not.toContain('usual-audience')
  })

  test('claims of the trust that the preset does not know are the stranger’s too', () => {
    const rules = [rule('repo_property_team', ['payments']), rule('https://acme.example/x', ['1'])]
    expect(admittedBy('github', 'https://token.actions.githubusercontent.com', rules)).toContain('other-owner')
  })
})
