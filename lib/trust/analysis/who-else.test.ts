import { describe, expect, test } from 'vitest'
import { ClaimRule } from '../policy'
import { presetOf } from '../presets'
import { isTrustDead } from './trust-model'
import { type Part, type WhoElse, whoElse } from './who-else'

const rule = (kind: string, path: string, values: string[], more: object = {}) =>
  ClaimRule.parse({ path, matcher: { kind, values }, ...more })
const glob = (path: string, ...values: string[]) => rule('glob-any', path, values)
const exact = (path: string, ...values: string[]) => rule('equals-any', path, values)

const issuers: Record<string, string> = {
  github: 'https://token.actions.githubusercontent.com',
  gitlab: 'https://gitlab.com',
  'hcp-terraform': 'https://app.terraform.io',
  kubernetes: 'https://kubernetes.default.svc',
  eks: 'https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF',
  circleci: 'https://oidc.circleci.com',
  spiffe: 'https://oidc.acme.example',
  buildkite: 'https://agent.buildkite.com',
  vercel: 'https://oidc.vercel.com',
}

const known = (id: string) => presetOf(id) ?? expect.fail(`no preset ${id}`)
const ask = (id: string, ...rules: ClaimRule[]) => whoElse({ issuer: issuers[id] ?? null, rules }, known(id))

function alive(found: WhoElse) {
  if (found === 'unknown' || found.dead) return expect.fail(JSON.stringify(found))
  return found
}
const partWith = (found: WhoElse, fact: string): Part => {
  const { callers, contexts } = alive(found)
  return [...callers, ...contexts].find(({ facts }) => facts.includes(fact)) ?? expect.fail(`no part ${fact}`)
}

describe('who else gets in', () => {
  const main = 'repo:acme/web:ref:refs/heads/main'
  const cases: [string, string, ClaimRule[], string][] = [
    ['one branch of one repository', 'github', [glob('sub', main)], 'tenant- owner- repository- ref- event+'],
    ['one bad value among good ones', 'github', [glob('sub', main, '*')], 'tenant+ repository+ ref+'],
    [
      'two repositories that are spelt out',
      'github',
      [glob('sub', main, main.replace('web', 'api'))],
      'tenant- repository- ref-',
    ],
    ['the same in braces', 'github', [glob('sub', main.replace('web', '{web,api}'))], 'tenant- repository-'],
    ['all repositories of an owner', 'github', [glob('sub', 'repo:acme/*')], 'tenant- repository+ ref+ environment+'],
    [
      'one branch of all repositories of an owner',
      'github',
      [glob('sub', 'repo:acme/*:ref:refs/heads/main')],
      'tenant- repository+',
    ],
    ['all of one repository', 'github', [glob('sub', 'repo:acme/web:*')], 'tenant- repository- ref+ environment+'],
    [
      'an owner whose name only begins so',
      'github',
      [glob('sub', 'repo:acme*/web:ref:refs/heads/main')],
      'tenant+ owner+ ref-',
    ],
    [
      'an environment',
      'github',
      [glob('sub', 'repo:acme/web:environment:production')],
      'tenant- repository- environment- ref+',
    ],
    [
      'an ID of a repository beside any subject',
      'github',
      [glob('sub', 'repo:*'), exact('repository_id', '1')],
      'tenant- owner- repository- ref+',
    ],
    [
      'the ID of an owner beside any subject',
      'github',
      [glob('sub', 'repo:*'), exact('repository_owner_id', '1')],
      'tenant- repository+',
    ],
    [
      'names in one claim, the branch in another',
      'github',
      [exact('repository', 'acme/web'), exact('ref', 'refs/heads/main')],
      'tenant- repository- ref-',
    ],
    ['a name of a repository without its owner', 'github', [glob('repository', '*/web')], 'tenant+ owner+'],
    [
      'a workflow that every repository may call',
      'github',
      [exact('job_workflow_ref', 'acme/shared/.github/workflows/deploy.yml@refs/heads/main')],
      'tenant+ repository+ calledOwner- ref+',
    ],
    ['a person', 'github', [exact('actor', 'alice')], 'tenant+ repository+ actor-'],
    ['nothing but an audience', 'github', [exact('aud', 'https://keybound.example')], 'tenant+ repository+'],
    ['names that IDs follow', 'github', [glob('sub', 'repo:acme@*/web@*:ref:refs/heads/main')], 'tenant- owner-'],
    ['names and IDs', 'github', [glob('sub', 'repo:acme@1/web@2:*')], 'tenant- repository- ref+'],
    // A composed subject may hold an environment, whose name its owner chooses: `a@1/b@2`.
    ['IDs between wildcards', 'github', [glob('sub', 'repo:*@1/*@2:ref:refs/heads/main')], 'tenant+'],
    ['pull requests', 'github', [exact('sub', 'repo:acme/web:pull_request')], 'tenant- repository- event-'],
    [
      'IDs in a composed subject',
      'github',
      [glob('sub', 'repository_owner_id:1:repository_id:2:*')],
      'tenant- repository-',
    ],
    [
      'what is denied is not open',
      'github',
      [exact('repository_id', '1'), glob('ref_protected', '*', '!false')],
      'tenant- refProtected-',
    ],
    [
      'every value of few, spelt out',
      'github',
      [exact('repository_id', '1'), exact('ref_protected', 'true', 'false')],
      'refProtected+',
    ],
    [
      'IDs at GitLab',
      'gitlab',
      [exact('namespace_id', '1'), exact('project_id', '2'), exact('ref_path', 'refs/heads/main')],
      'tenant- namespace- project- refPath-',
    ],
    ['the beginning of a group', 'gitlab', [glob('namespace_path', 'acme*')], 'tenant+ project+'],
    ['the beginning of a group with its slash', 'gitlab', [glob('project_path', 'acme/*')], 'tenant- namespace+'],
    ['another group', 'gitlab', [glob('project_path', 'ac*/web')], 'tenant+ namespace+'],
    ['where the job runs, not whose it is', 'gitlab', [exact('job_project_id', '1')], 'tenant+ jobProject-'],
    [
      'a workspace whose name only begins so',
      'hcp-terraform',
      [glob('sub', 'organization:o:project:p:workspace:w*')],
      'tenant- project- workspace+ phase+',
    ],
    [
      'the same with its colon',
      'hcp-terraform',
      [glob('sub', 'organization:o:project:p:workspace:w:*')],
      'tenant- workspace- phase+',
    ],
    ['all of an organization', 'hcp-terraform', [glob('sub', 'organization:o:*')], 'tenant- workspace+ module+'],
    [
      'apply of one workspace',
      'hcp-terraform',
      [glob('sub', 'organization:o:project:p:workspace:w:run_phase:apply')],
      'tenant- project- workspace- phase-',
    ],
    [
      'a workspace by its ID',
      'hcp-terraform',
      [exact('terraform_workspace_id', 'ws-1')],
      'tenant- project- workspace- phase+',
    ],
    ['a workspace by its name', 'hcp-terraform', [exact('terraform_workspace_name', 'w')], 'tenant+'],
    ['an account in any namespace', 'kubernetes', [glob('sub', 'system:serviceaccount:*:default')], 'tenant+ account-'],
    ['any account of a namespace', 'kubernetes', [glob('sub', 'system:serviceaccount:payments:*')], 'tenant- account+'],
    [
      'a namespace whose name only begins so',
      'eks',
      [glob('sub', 'system:serviceaccount:payments*:api')],
      'cluster- namespace+ account-',
    ],
    [
      'an account by its uid',
      'eks',
      [exact('/kubernetes.io/serviceaccount/uid', '8a3b6c1d-2e4f-4a5b-9c7d-0e1f2a3b4c5d')],
      'namespace- account-',
    ],
    ['a trust domain', 'spiffe', [glob('sub', 'spiffe://acme.example/**')], 'tenant- path+'],
    ['a trust domain whose name goes on', 'spiffe', [glob('sub', 'spiffe://acme.example*')], 'tenant+'],
    ['all customers of a shared issuer', 'circleci', [], 'tenant+ projectId+'],
    ['a pipeline without its organization', 'buildkite', [exact('pipeline_slug', 'web')], 'tenant+ pipeline-'],
    [
      'previews of one project',
      'vercel',
      [exact('owner_id', 'team_1'), exact('project_id', 'prj_2')],
      'tenant- project- environment+',
    ],
  ]

  // Facts whose part is open (+) or pinned (-); `tenant` is another customer.
  test.each(cases)('%s (%s)', (_, id, rules, expected) => {
    const found = ask(id, ...rules)
    const statuses = expected.split(' ').map((sign) => {
      const name = sign.slice(0, -1)
      const status = name === 'tenant' ? alive(found).tenant?.status : partWith(found, name).status
      return name + { open: '+', pinned: '-', unknown: '?' }[status ?? 'unknown']
    })
    expect(statuses.join(' ')).toBe(expected)
  })

  test('the witness of a prefix has a longer name, and is another workload of the same customer', () => {
    const { witness } = partWith(
      ask('hcp-terraform', glob('sub', 'organization:o:project:p:workspace:w*')),
      'workspace',
    )
    expect(witness?.subject).toMatch(/^organization:o:project:p:workspace:w[^:]+:run_phase:/)
    expect(witness?.claims.terraform_organization_name).toBe('o')
  })

  test('the witness of another customer has its own IDs in every claim', () => {
    const { tenant } = alive(ask('github', glob('sub', 'repo:acme/web:ref:refs/heads/main', '*')))
    const { claims, facts } = tenant?.witness ?? expect.fail()
    expect(claims.repository_owner).not.toBe('acme')
    expect(claims.repository).toBe(`${facts.owner}/${facts.repository}`)
    expect(claims.sub).toContain(`repo:${facts.owner}`)
  })

  test('the given job is the one that others are compared with', () => {
    const rules = [glob('sub', 'repo:acme/*')]
    const base = { owner: 'acme', repository: 'api', branch: 'main' }
    const found = alive(whoElse({ issuer: issuers.github ?? null, rules }, known('github'), base))
    expect(found.base.facts.repository).toBe('api')
    expect(partWith(found, 'repository').witness?.facts.repository).not.toBe('api')
  })

  test('a claim that the preset does not know is assumed to be there, and said so', () => {
    const found = alive(ask('github', glob('sub', 'repo:acme/*'), exact('something_new', 'x')))
    expect(found.base.assumed).toEqual(['something_new'])
    expect(found.base.claims.something_new).toBe('x')
  })
})

describe('a dead trust is dead, never open', () => {
  test.each<[string, string, ClaimRule[]]>([
    ['a dead rule beside an open one', 'github', [glob('sub', '*'), exact('ref', 'main')]],
    [
      'two values of one subject',
      'github',
      [exact('sub', 'repo:acme/web:pull_request'), exact('sub', 'repo:acme/api:pull_request')],
    ],
    [
      'an owner that two claims name differently',
      'github',
      [glob('sub', 'repo:acme/*'), exact('repository_owner', 'other')],
    ],
    [
      'a repository that two claims name differently',
      'gitlab',
      [exact('project_path', 'a/b'), glob('sub', 'project_path:a/c:*')],
    ],
    [
      'a workspace in a test of a module',
      'hcp-terraform',
      [glob('sub', 'organization:*:module:*:operation:test_run'), exact('terraform_workspace_id', 'ws-1')],
    ],
  ])('%s', (_, id, rules) => {
    expect(ask(id, ...rules)).toHaveProperty('dead', true)
    expect(isTrustDead({ issuer: issuers[id] ?? null, rules }, known(id))).toHaveProperty('dead', true)
  })

  test('without a preset rules on one address are held against each other', () => {
    const dead = (...rules: ClaimRule[]) => isTrustDead({ issuer: null, rules }, null)
    expect(dead(exact('sub', 'a'), exact('sub', 'b'))).toMatchObject({ dead: true, path: 'sub', why: 'contradiction' })
    expect(dead(exact('aud', 'a'), exact('aud', 'b'))).toEqual({ dead: false })
    expect(dead(exact('sub', 'a'), exact('ref', 'b'))).toEqual({ dead: false })
  })

  test('a trust that accepts a token is not dead', () => {
    const rules = [glob('sub', 'repo:acme/web:*'), exact('event_name', 'push')]
    expect(isTrustDead({ issuer: issuers.github ?? null, rules }, known('github'))).toEqual({ dead: false })
  })

  test('the suggestion of the dead rule is kept', () => {
    expect(ask('github', glob('sub', 'repo:o/r:ref:refs/head/main'))).toMatchObject({
      dead: true,
      path: 'sub',
      didYouMean: 'repo:o/r:ref:refs/heads/main',
    })
  })
})

describe('bounds', () => {
  const many = (make: (index: number) => string) => Array.from({ length: 1000 }, (_, index) => make(index))
  test.each<[string, ClaimRule[]]>([
    ['a thousand patterns', [glob('sub', ...many((index) => `repo:acme/${index}*:ref:refs/heads/main`))]],
    [
      'a thousand values of two claims',
      [
        exact('repository', ...many((index) => `acme/r${index}`)),
        exact('ref', ...many((index) => `refs/heads/b${index}`)),
      ],
    ],
    ['stars', [glob('sub', '*a'.repeat(400)), glob('workflow', '*b'.repeat(400))]],
    ['braces', [glob('sub', `repo:${'{a,b}'.repeat(150)}/*`)]],
    ['long values', [exact('sub', ...many((index) => `${'repo:acme/web'.repeat(70)}${index}`))]],
  ])('%s end in an answer or in none', (_, rules) => {
    expect(ask('github', ...rules)).toBeDefined()
  })
})
