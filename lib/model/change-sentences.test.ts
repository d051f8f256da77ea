import { expect, test } from 'vitest'
import { changeSentences, withoutBookkeeping } from './change-sentences'

const rule = (path: string, ...values: string[]) => ({
  path,
  matcher: { kind: 'glob-any', values },
  whenAbsent: 'refuse',
})
const trust = (more: Record<string, unknown> = {}) => ({
  ...{ id: 'x', name: 'deploys', enabled: true, version: 1, issuer: 'https://issuer.example' },
  ...{ rules: [rule('sub', 'repo:acme/app')], grant: { ttlSeconds: 900 }, lifetime: { requireExpiry: true } },
  ...more,
})
const told = (after: Record<string, unknown>, before: Record<string, unknown> = {}) =>
  changeSentences(trust(before), trust({ version: 2, ...after })).map(({ text, effect }) => `${text} · ${effect}`)

test('rules are told claim by claim, with what the change does', () => {
  const workflow = rule('job_workflow_ref', 'acme/ci/deploy.yml@main')
  const both = [rule('sub', 'repo:acme/app'), workflow]
  expect(told({ rules: both })).toEqual(['added the claim job_workflow_ref = acme/ci/deploy.yml@main · narrower'])
  expect(told({}, { rules: both })).toEqual(['removed the claim job_workflow_ref = acme/ci/deploy.yml@main · wider'])
  expect(told({ rules: [rule('sub', 'repo:acme/app', 'repo:acme/web')] })).toEqual([
    'added repo:acme/web to the claim sub · wider',
  ])
  expect(told({ rules: [rule('sub', 'repo:acme/*')] })).toEqual([
    'added repo:acme/* to the claim sub · wider',
    'removed repo:acme/app from the claim sub · narrower',
  ])
  expect(told({ rules: [{ ...rule('sub', 'repo:acme/app'), whenAbsent: 'allow' }] })).toEqual([
    'accepts tokens without the claim sub · wider',
  ])
})

test('limits, issuer and state are told with what the change does', () => {
  expect(told({ enabled: false })).toEqual(['disabled it · narrower'])
  expect(told({ issuer: null })).toEqual(['removed issuer, which was https://issuer.example · wider'])
  expect(told({ grant: { ttlSeconds: 600 } })).toEqual(['changed grant.ttlSeconds from 900 to 600 · narrower'])
  expect(told({ lifetime: { requireExpiry: false } })).toEqual([
    'changed lifetime.requireExpiry from true to false · wider',
  ])
  expect(told({ name: 'deployments' })).toEqual(['changed name from deploys to deployments · null'])
})

test('nothing is told of what changes with every change, and of states that are none', () => {
  expect(told({ updatedAt: 'now', sequence: '7' })).toEqual([])
  expect(changeSentences(null, trust())).toEqual([])
  expect(changeSentences('x', 7)).toEqual([])
})

test('of very many changes the first are told, and how many more there are', () => {
  const rules = Array.from({ length: 30 }, (_, number) => rule(`claim${number}`, 'x'))
  const sentences = told({ rules })
  expect(sentences).toHaveLength(8)
  expect(sentences.at(-1)).toBe('and 24 more changes · null')
})

test('a long value is cut', () => {
  const [sentence = ''] = told({ rules: [rule('sub', 'repo:acme/app'), rule('aud', 'a'.repeat(5_000))] })
  expect(sentence.length).toBeLessThan(200)
})

test('what changes with every change is left out of a comparison, and nothing else', () => {
  const trust = { id: 'a', name: 'ci', version: 2, sequence: 5, createdAt: 'then', updatedAt: 'now', rules: [] }
  expect(withoutBookkeeping(trust)).toEqual({ id: 'a', name: 'ci', rules: [] })
  expect(withoutBookkeeping(null)).toBeNull()
  expect(withoutBookkeeping(['version'])).toEqual(['version'])
})
