import { expect, test } from 'vitest'
import { readClaims } from './read-claims'

const check = (id: string, status: 'pass' | 'fail' | 'skipped') =>
  ({ id, status, title: id, message: '', trusted: true }) as const

test('claims that a failed check reads come first, then those that any check reads; paths belong to their first member', () => {
  const claims = { note: 'x', iss: 'https://issuer.example', repository: { owner: 'acme' }, ref: 'main' }
  const trace = [check('iss', 'pass'), check('claim:repository.owner', 'fail'), check('claim:ref', 'pass')]
  const rows = readClaims({ claims, trace })
  expect(rows.map(({ name, checks }) => [name, ...checks.map(({ id }) => id)])).toEqual([
    ['repository', 'claim:repository.owner'],
    ['iss', 'iss'],
    ['ref', 'claim:ref'],
    ['note'],
  ])
})

test('a check of another kind reads no claim of its name', () => {
  const rows = readClaims({ claims: { 'iss.x': 1 }, trace: [check('iss', 'pass')] })
  expect(rows[0]?.checks).toEqual([])
})

test('a login whose claims could not be read has none', () => {
  expect(readClaims({ claims: null, trace: [] })).toEqual([])
})
