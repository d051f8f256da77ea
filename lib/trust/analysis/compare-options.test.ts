import { expect, test } from 'vitest'
import { trustOf } from '../posture/cases'
import { compare, type Relation } from './compare'

const signIn = (options: object) =>
  trustOf({ options: { jwtEndpoint: 'https://gateway.acme.dev/jwt', ...options } }, 'sign-in')
const issuer = (options: object) => trustOf({ options }, 'issuer')
const opposite: Record<Relation, Relation> = {
  ...{ equal: 'equal', narrower: 'wider', wider: 'narrower', different: 'different', unknown: 'unknown' },
}

test.each<[string, ReturnType<typeof trustOf>, ReturnType<typeof trustOf>, Relation, string]>([
  [
    'another gateway',
    signIn({}),
    signIn({ jwtEndpoint: 'https://other.example/jwt' }),
    'different',
    'signIn.jwtEndpoint',
  ],
  ['another header', signIn({}), signIn({ headerName: 'X-Token' }), 'different', 'signIn.headerName'],
  ['the usual header by its name', signIn({}), signIn({ headerName: 'authorization' }), 'equal', 'signIn.headerName'],
  ['people who are added', signIn({}), signIn({ isAutoCreation: true }), 'wider', 'signIn.isAutoCreation'],
  ['a button', signIn({ isOffered: false }), signIn({ isOffered: true }), 'wider', 'signIn.isOffered'],
  ['accounts linked by mail', signIn({}), signIn({ autoLinking: 'email' }), 'wider', 'signIn.autoLinking'],
  [
    'accounts linked by another name',
    signIn({ autoLinking: 'username' }),
    signIn({ autoLinking: 'email' }),
    'different',
    'signIn.autoLinking',
  ],
  ['a higher role', signIn({ role: 'auditor' }), signIn({ role: 'admin' }), 'wider', 'signIn.role'],
  ['another look', signIn({}), signIn({ styling: 'google' }), 'equal', ''],
  ['another project', issuer({ project: 'a' }), issuer({ project: 'b' }), 'different', 'project'],
])('options: %s', (_, before, after, relation, id) => {
  const { dimensions, relation: found } = compare(before, after)
  expect(found).toBe(relation)
  expect(dimensions.filter((one) => one.relation !== 'equal').map((one) => one.id)).toEqual(
    relation === 'equal' ? [] : [id],
  )
  expect(compare(after, before).relation).toBe(opposite[relation])
})

test('the role that is given now is the example', () => {
  const { dimensions } = compare(signIn({ role: 'no-access' }), signIn({ role: 'member' }))
  expect(dimensions.find(({ id }) => id === 'signIn.role')?.accepted).toEqual({ value: 'member' })
})

test('a trust of another kind is something else', () => {
  expect(compare(trustOf(), trustOf({}, 'oidc')).relation).toBe('different')
})
