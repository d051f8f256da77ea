import { expect, test } from 'vitest'
import { recognition } from './recognition-answer'

const github = {
  iss: 'https://token.actions.githubusercontent.com',
  sub: 'repo:acme/app:ref:refs/heads/main',
  repository: 'acme/app',
  repository_id: '7',
  repository_visibility: 'private',
  runner_environment: 'github-hosted',
  job_workflow_ref: 'acme/app/.github/workflows/deploy.yml@refs/heads/main',
  made_up: 'x',
}

test('names preset, form of the subject, the class of each claim, and what nothing is known of', () => {
  const answer = recognition(github)
  expect(answer).toMatchObject({ preset: { id: 'github', verified: true }, isComplete: true, unknown: ['made_up'] })
  expect(answer.format?.title).toBeTruthy()
  expect(answer.classes).toContainEqual(expect.objectContaining({ path: 'repository_id', class: 'id' }))
  expect(answer.classes).toContainEqual(expect.objectContaining({ path: 'repository', class: 'name' }))
})

test('an issuer that only looks like a known one is not taken for it', () => {
  const answer = recognition({ ...github, iss: 'https://token.actions.githubusercontent.com.evil.example' })
  expect(answer.preset).toBeNull()
  expect(answer.looksLike?.preset.id).toBe('github')
})

test.each([
  ['no claim at all', {}],
  ['claims of other types', { iss: 7, sub: ['a'], aud: null }],
  ['an issuer that no URL can be', { iss: '\u202e://[' }],
])('of %s nothing is recognised', (_, claims) => {
  expect(recognition(claims)).toMatchObject({ preset: null, format: null, classes: [] })
})

test('very many claims are looked at in part, and the answer says so', () => {
  const many = Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`claim_${at}`, at]))
  const answer = recognition({ ...github, ...many })
  expect(answer).toMatchObject({ preset: { id: 'github' }, isComplete: false })
  expect(answer.unknown.length).toBeLessThan(501)
})

test('a text longer than any issuer sends is not read', () => {
  const answer = recognition({ ...github, sub: `repo:acme/app:${'a:'.repeat(100_000)}` })
  expect(answer).toMatchObject({ preset: { id: 'github' }, format: null })
})

test('claims about a person are named, by their name or the look of their text', () => {
  const claims = {
    ...github,
    actor: 'octocat',
    contacts: ['x', 'ada@acme.dev'],
    deep: { work_email: 'a' },
    email_verified: true,
  }
  expect(recognition(claims).personal).toEqual(['actor', 'contacts', 'deep.work_email'])
})
