import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../json/json'
import type { ClaimRule } from '../policy'
import { presets } from '../presets'
import { sampleClaims } from '../presets/sample-claims'
import { likelyCauses } from './likely-causes'

const issuer = 'https://token.actions.githubusercontent.com'

/** Claims of a job of GitHub Actions, as its documentation shows them. */
const job = (more: JsonObject): JsonObject => ({
  ...{ iss: issuer, aud: 'keybound', sub: 'repo:acme/payments:ref:refs/heads/main' },
  ...{ repository: 'acme/payments', repository_owner: 'acme', ref: 'refs/heads/main', event_name: 'push' },
  ...more,
})

const only = (path: string, ...values: string[]): ClaimRule => ({
  ...{ path, matcher: { kind: 'glob-any', values }, whenAbsent: 'refuse' },
})

const causesOf = (claims: JsonObject, ...rules: ClaimRule[]) =>
  likelyCauses({ issuer, rules }, claims).flatMap(({ causes }) => causes)

describe('of a subject of GitHub Actions', () => {
  test('a job of an environment is told from one of a branch', () => {
    const deployment = job({ sub: 'repo:acme/payments:environment:prod', environment: 'prod' })
    expect(causesOf(deployment, only('sub', 'repo:acme/payments:ref:refs/heads/main'))).toEqual([
      'The job’s environment is "prod", so GitHub Actions writes its subject as “Names, environment”; the rule wants “Names, branch or tag”.',
    ])
    expect(causesOf(job({}), only('sub', 'repo:acme/payments:environment:*'))).toEqual([
      'The job has no environment, so GitHub Actions writes its subject as “Names, branch or tag”; the rule wants “Names, environment”.',
    ])
  })

  test('a pull request is named', () => {
    const claims = job({ sub: 'repo:acme/payments:pull_request', event_name: 'pull_request' })
    expect(causesOf(claims, only('sub', 'repo:acme/payments:ref:*'))).toEqual([
      'The job’s event is "pull_request", so GitHub Actions writes its subject as “Names, pull request”; the rule wants “Names, branch or tag”.',
    ])
  })

  test('the older form is told from the one with IDs', () => {
    const rule = only('sub', 'repo:acme@7/payments@9:ref:refs/heads/main')
    expect(causesOf(job({}), rule)[0]).toBe(
      'The subject has the older form, “Names, branch or tag”; the rule wants the newer, “IDs, branch or tag”, sent since 2026-07-15.',
    )
  })

  test('another workload is named before another branch, and what a pattern leaves open is not', () => {
    const claims = job({ sub: 'repo:acme/playground:ref:refs/heads/topic', repository: 'acme/playground' })
    expect(causesOf(claims, only('sub', 'repo:acme/payments:ref:refs/heads/main'))).toEqual([
      'The token is from another workload: its repository is "playground", and "payments" is wanted.',
      'Its reference is "refs/heads/topic", and "refs/heads/main" is wanted.',
    ])
    expect(causesOf(claims, only('sub', 'repo:*/payments:ref:refs/heads/**'))).toEqual([
      'The token is from another workload: its repository is "playground", which the rule does not take.',
    ])
  })
})

test('the audience of a job that asked for none is named', () => {
  expect(causesOf(job({ aud: 'https://github.com/acme' }), only('aud', 'keybound'))).toEqual([
    'The job requested no audience, so GitHub Actions used its default, "https://github.com/acme".',
  ])
  expect(causesOf(job({ aud: 'other' }), only('aud', 'keybound'))).toEqual([])
})

test('another platform is named', () => {
  const claims = job({})
  expect(likelyCauses({ issuer: 'https://gitlab.com', rules: [] }, claims)).toEqual([
    { field: 'issuer', causes: ['The token is from GitHub Actions, but this trust accepts GitLab CI/CD.'] },
  ])
})

test('a claim that is not there is one of some tokens, or none of the platform', () => {
  expect(causesOf(job({}), only('environment', 'prod'))[0]).toMatch(/^GitHub Actions sends it only in some tokens\./)
  expect(causesOf(job({}), only('project_path', 'acme/app'))).toEqual([
    'GitHub Actions is not known to send "project_path".',
  ])
})

test('nothing is said of an unknown issuer, and of rules that accept', () => {
  const claims = { iss: 'https://issuer.example', sub: 'x' }
  expect(likelyCauses({ issuer, rules: [only('sub', 'y')] }, claims)).toEqual([])
  expect(causesOf(job({}), only('sub', 'repo:acme/payments:*'), only('aud', 'keybound'))).toEqual([])
})

test.each(presets)('every refused sample of $id has causes in sentences, and no accepted one', (preset) => {
  const now = 1_780_000_000
  const tokens = preset.samples.map(({ id }) => sampleClaims(preset, { now }, id))
  for (const claims of tokens) {
    for (const other of tokens) {
      const rules = typeof other.sub === 'string' ? [only('sub', other.sub)] : []
      const causes = likelyCauses({ issuer: null, rules }, claims).flatMap((one) => one.causes)
      if (claims.sub === other.sub) expect(causes).toEqual([])
      for (const cause of causes) expect(cause).toMatch(/^[A-Z].*\.$/s)
    }
  }
})
