import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../json/json'
import { presetOf } from './index'
import { recognise } from './recognise'
import { sampleClaims } from './sample-claims'

const now = 1_790_000_000
const claimsOf = (id: string, sample?: string): JsonObject => sampleClaims(presetOf(id)!, { now }, sample)
const classOf = (claims: JsonObject, path: string) => recognise(claims).classes.find((one) => one.path === path)

describe('an issuer that is not known', () => {
  test('with the claims of GitHub looks like it, and names the issuers that it must not be taken for', () => {
    const recognised = recognise({ ...claimsOf('github'), iss: 'https://actions.evil.example' })
    expect(recognised).toMatchObject({ preset: null, variant: null, format: null, facts: {}, classes: [] })
    expect(recognised.looksLike?.preset.id).toBe('github')
    expect(recognised.looksLike?.mustNotBe.map(({ id }) => id)).toEqual(expect.arrayContaining(['ghes', 'depot-ci']))
  })

  test('that only begins like a known one is not that one', () => {
    for (const iss of [
      'https://token.actions.githubusercontent.com.evil.example',
      'https://token.actions.githubusercontent.com/a/b',
      'https://token.actions.githubusercontent.com/',
      'http://token.actions.githubusercontent.com',
      'HTTPS://TOKEN.ACTIONS.GITHUBUSERCONTENT.COM',
    ]) {
      expect(recognise({ ...claimsOf('github'), iss }).preset, iss).toBeNull()
    }
  })

  test('with claims of its own looks like none', () => {
    const recognised = recognise({ iss: 'https://issuer.example', sub: 'x', team: 'a', stage: 'b', '/odd': 1 })
    expect(recognised.looksLike).toBeNull()
    expect(recognised.unknown).toEqual(['team', 'stage', '/odd'])
  })

  test.each<JsonObject>([{}, { iss: 5 }, { iss: null, sub: ['a'] }, { iss: '', sub: '' }])(
    '%j is recognised as nothing',
    (claims) => {
      expect(recognise(claims)).toMatchObject({ preset: null, looksLike: null })
    },
  )
})

describe('an own server', () => {
  test('of GitLab is told by its claims', () => {
    const recognised = recognise({ ...claimsOf('gitlab'), iss: 'https://git.acme.example' })
    expect([recognised.preset?.id, recognised.variant?.id]).toEqual(['gitlab', 'instance'])
    expect(recognised.facts.host).toBe('git.acme.example')
  })

  test('of GitHub Enterprise is not github.com', () => {
    const recognised = recognise({
      ...claimsOf('github', 'classic'),
      iss: 'https://github.acme.example/_services/token',
    })
    expect(recognised.preset?.id).toBe('ghes')
  })

  test('of Kubernetes is told by its subject alone', () => {
    const recognised = recognise({ iss: 'https://oidc.acme.example/prod', sub: 'system:serviceaccount:prod:api' })
    expect([recognised.preset?.id, recognised.variant?.id]).toEqual(['kubernetes', 'own'])
    expect(recognised.facts).toMatchObject({ namespace: 'prod', account: 'api' })
  })
})

test('a token of a secret of Kubernetes has known claims', () => {
  const recognised = recognise({
    iss: 'kubernetes/serviceaccount',
    sub: 'system:serviceaccount:default:robot',
    'kubernetes.io/serviceaccount/namespace': 'default',
    'kubernetes.io/serviceaccount/secret.name': 'robot-token-x',
    'kubernetes.io/serviceaccount/service-account.name': 'robot',
    'kubernetes.io/serviceaccount/service-account.uid': '1f2e3d4c-5b6a-4798-8a0b-c1d2e3f4a5b6',
  })
  expect([recognised.preset?.id, recognised.variant?.id]).toEqual(['kubernetes', 'legacy'])
  expect(recognised.unknown).toEqual([])
})

describe('claims', () => {
  test('of a wrong type are named with the type that the issuer sends', () => {
    expect(classOf({ ...claimsOf('github'), ref_protected: true }, 'ref_protected')?.fault).toMatch(
      /text.*true or false/,
    )
    expect(classOf({ ...claimsOf('gitlab'), project_id: 20561 }, 'project_id')?.fault).toMatch(/text.*number/)
    expect(classOf(claimsOf('gitlab'), 'runner_id')?.fault).toBeNull()
  })

  test('with a value that the issuer is not known to send are named', () => {
    expect(classOf({ ...claimsOf('github'), event_name: 'pull-request' }, 'event_name')?.fault).toMatch(/not known/)
  })

  test('with the beginning of a known name are known', () => {
    const recognised = recognise({ ...claimsOf('github'), repo_property_team: 'a', repo_propertyteam: 'b' })
    expect(recognised.unknown).toEqual(['repo_propertyteam'])
  })

  test('that are nested are known by their address', () => {
    const claims = {
      ...claimsOf('aws-outbound'),
      'https://sts.amazonaws.com/': { aws_account: '1', request_tags: { a: 'b' } },
    }
    const account = classOf(claims, '/https:~1~1sts.amazonaws.com~1/aws_account')
    expect(account).toMatchObject({ class: 'id', role: 'tenant' })
    expect(recognise(claims).classes.filter((one) => one.class === 'user')).toHaveLength(1)
  })

  test('of standards are known everywhere, at the top level alone', () => {
    const claims = { ...claimsOf('github'), auth_time: 1, nonce: 'n', inner: { iss: 'x' } }
    expect(recognise(claims).unknown).toEqual(['inner.iss'])
  })
})

test('the subject is as reliable as its least reliable name', () => {
  expect(classOf(claimsOf('github'), 'sub')?.class).toBe('id')
  expect(classOf(claimsOf('github', 'classic'), 'sub')?.class).toBe('name')
  expect(classOf(claimsOf('buildkite'), 'sub')?.class).toBe('ephemeral')
  expect(classOf(claimsOf('google'), 'sub')?.class).toBe('id')
})

describe('hostile claims', () => {
  test('never make it throw', () => {
    const json = fc.jsonValue({ maxDepth: 4 }).filter((value) => typeof value === 'object' && value !== null)
    fc.assert(
      fc.property(json, (value) => {
        recognise({ ...JSON.parse(JSON.stringify(value)), iss: 'https://gitlab.com' })
      }),
    )
  })

  test('with names of the prototype are unknown claims', () => {
    const claims: JsonObject = JSON.parse('{"iss":"https://gitlab.com","__proto__":{"ref":"main"},"constructor":"x"}')
    expect(recognise(claims).unknown.sort()).toEqual(['__proto__.ref', 'constructor'])
  })

  test('as large as a token may be are read to their end', () => {
    const many = Object.fromEntries(Array.from({ length: 256 }, (_, at) => [`c${at}`, ':'.repeat(40)]))
    const sub = `project_path:${'a/'.repeat(900)}:ref`
    const { preset } = recognise({ ...claimsOf('gitlab'), ...many, sub, ref: ':'.repeat(2000) })
    expect(preset?.id).toBe('gitlab')
  })
})
