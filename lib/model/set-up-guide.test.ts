import { describe, expect, test } from 'vitest'
import { acceptsToken } from '@/lib/trust/analysis/judge-claims'
import { exactRule } from '@/lib/trust/posture/exact-rule'
import { presetOf, presets } from '@/lib/trust/presets'
import { sampleClaims } from '@/lib/trust/presets/sample-claims'
import { type Guide, type GuideInput, setUpGuide } from './set-up-guide'

const ownAudience = 'https://keybound.example'
const now = 1_790_000_000

const ask = (input: Partial<GuideInput>): Guide =>
  setUpGuide({
    ...{
      preset: null,
      variant: null,
      ruleSet: null,
      facts: {},
      audience: null,
      sample: null,
      ownAudience,
      admitsAll: 'never' as const,
    },
    ...input,
  })

const factOf = (guide: Guide, fact: string) => guide.questions.find((question) => question.fact === fact)

const policyOf = ({ issuer, rules }: Guide) => ({
  issuer,
  rules: rules.map(({ path, values }) => exactRule({ kind: 'jwt' }, path, values)),
})

describe('without a token', () => {
  test.each(presets.map(({ id }) => id))('%s: nothing that names a customer or workload is filled in', (id) => {
    const guide = ask({ preset: id })
    const preset = presetOf(id)!
    for (const { fact, value, isUsual } of guide.questions) {
      expect(value === '' || isUsual || preset.facts[fact]!.class === 'gate').toBe(true)
    }
    expect(guide.ruleSets[0]!.id).toBe(guide.ruleSet)
  })

  test('GitHub: answers become rules, and what follows from them does not have to be answered', () => {
    const facts = {
      ...{ owner: 'octo-org', ownerId: '65', repository: 'api', repositoryId: '74' },
      ...{ refName: 'main', workflowFile: 'deploy.yml' },
    }
    const empty = ask({ preset: 'github' })
    expect(empty.missing).toContain('ID of the repository')
    const guide = ask({ preset: 'github', facts })
    expect(guide.missing).toEqual([])
    expect(guide.rules).toContainEqual({ path: 'ref', values: ['refs/heads/main'] })
    expect(guide.rules).toContainEqual({ path: 'repository_id', values: ['74'] })
    expect(guide.audience).toBe(ownAudience)
    expect(guide.issuer).toBe('https://token.actions.githubusercontent.com')
    expect(guide.name).toContain('octo-org')
  })

  test('an answer that the platform cannot send is named, and makes no rule', () => {
    const guide = ask({ preset: 'github', facts: { repositoryId: 'seventy' } })
    expect(factOf(guide, 'repositoryId')?.problem).toContain('966304329')
    expect(guide.missing).toContain('ID of the repository')
    expect(guide.rules.map(({ path }) => path)).not.toContain('repository_id')
  })
})

describe('with a token of the platform', () => {
  const made = presets.flatMap((preset) =>
    preset.samples.slice(0, 1).map(() => [preset.id, sampleClaims(preset, { now, audience: 'mine' })] as const),
  )

  test.each(made)('%s: what is complete accepts the token', (_, sample) => {
    const guide = ask({ sample })
    if (guide.missing.length === 0) expect(acceptsToken(policyOf(guide), sample)).toBe(true)
    expect(guide.issuer).toBe(sample.iss)
  })

  test('GitHub: nothing is left to answer, and another token of the repository is refused', () => {
    const sample = sampleClaims(presetOf('github')!, { now, audience: 'mine' })
    const guide = ask({ sample })
    expect(guide.preset.id).toBe('github')
    expect(guide.missing).toEqual([])
    expect(guide.audience).toBe('mine')
    expect(acceptsToken(policyOf(guide), { ...sample, ref: 'refs/heads/other' })).toBe(false)
  })

  test('a typed answer counts before the token’s, and what follows from it changes with it', () => {
    const sample = sampleClaims(presetOf('github')!, { now })
    const guide = ask({ sample, facts: { refName: 'release' } })
    expect(guide.rules).toContainEqual({ path: 'ref', values: ['refs/heads/release'] })
    expect(ask({ sample, facts: { refName: '' } }).missing).toContain('Branch or tag')
  })

  test('a pull request gets the rules for pull requests', () => {
    const guide = ask({ sample: sampleClaims(presetOf('github')!, { now }, 'pull-request') })
    expect(guide.ruleSet).toBe('pull-requests')
    expect(guide.ruleSets.find(({ id }) => id === 'pull-requests')!.admits.length).toBeGreaterThan(0)
  })

  test('an unknown issuer: its address and the exact subject', () => {
    const sample = { iss: 'http://127.0.0.1:4000', sub: 'build-agent', aud: ['kb', 'other'] }
    const guide = ask({ sample })
    expect(guide).toMatchObject({ issuer: 'http://127.0.0.1:4000', audience: 'kb', missing: [], name: 'build-agent' })
    expect(guide.keys).toEqual({ kind: 'oidc-discovery', url: 'http://127.0.0.1:4000', caCert: '' })
    expect(guide.rules).toEqual([{ path: 'sub', values: ['build-agent'] }])
  })

  test.each([
    [{ iss: 5, sub: ['x'], aud: null }],
    [{}],
    [{ iss: '__proto__', sub: 'x'.repeat(5000), constructor: 'y' }],
  ])('hostile claims make questions, not errors: %j', (sample) => {
    expect(() => ask({ sample })).not.toThrow()
  })
})

test('clusters that share the text of their issuer need their keys by hand', () => {
  expect(ask({ preset: 'kubernetes', facts: { namespace: 'prod', account: 'deployer' } }).keys).toBeNull()
})

describe('where whole issuers may be let in', () => {
  const facts = { organization: 'acme.okta.com', server: 'default' }

  test('people: nothing that names one of them is asked or required, and it says who else gets in', () => {
    const guide = ask({ preset: 'okta', facts, admitsAll: 'only' })
    expect(guide.questions.map(({ fact }) => fact)).toEqual(['organization', 'server'])
    expect(guide).toMatchObject({ missing: [], rules: [], issuer: 'https://acme.okta.com/oauth2/default' })
    expect(guide.ruleSets).toHaveLength(1)
    expect(guide.ruleSets[0]!.admits).toContain('Another application of the server')
    expect(guide.ruleSets[0]!.admits).not.toContain('Another organization')
  })

  test('what a platform requires of every token stays', () => {
    const guide = ask({ preset: 'cloudflare-access', facts: { team: 'acme' }, admitsAll: 'only' })
    expect(guide.rules).toEqual([{ path: 'type', values: ['app'] }])
  })

  test('an issuer: all of it is the last choice, never the usual one', () => {
    const guide = ask({ preset: 'github', admitsAll: 'last' })
    expect(guide.ruleSets.at(-1)!.id).toBe('all')
    expect(guide.ruleSet).not.toBe('all')
    expect(ask({ preset: 'github', admitsAll: 'last', ruleSet: 'all' }).rules.map(({ path }) => path)).not.toContain(
      'sub',
    )
  })
})
