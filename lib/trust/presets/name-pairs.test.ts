import { expect, test } from 'vitest'
import { presetOf } from '.'
import { namedIds, namePairsOf } from './name-pairs'

const pairsOf = (id: string, rules: { path: string }[] = []) => {
  const preset = presetOf(id)
  if (!preset) throw new Error(`There is no preset ${id}.`)
  return namePairsOf(preset, rules as never)
}
const paths = (id: string, rules?: { path: string }[]) => pairsOf(id, rules).map(({ path, id }) => `${path} ${id}`)

test('names of repositories, projects, owners and service accounts are compared with their ids', () => {
  expect(paths('github')).toEqual(
    expect.arrayContaining(['repository repository_id', 'repository_owner repository_owner_id']),
  )
  expect(paths('gitlab')).toEqual(expect.arrayContaining(['project_path project_id', 'namespace_path namespace_id']))
  expect(paths('kubernetes')).toContain('/kubernetes.io/serviceaccount/name /kubernetes.io/serviceaccount/uid')
})

test('names of people are compared where a rule names them', () => {
  expect(paths('gitlab')).not.toContain('user_login user_id')
  expect(paths('gitlab', [{ path: 'user_login' }])).toContain('user_login user_id')
})

test('a name that is unique within another is told apart by it: service accounts of two namespaces', () => {
  const account = (namespace: string, uid: string) => ({
    iss: 'https://cluster.example',
    'kubernetes.io': { namespace, serviceaccount: { name: 'default', uid } },
  })
  const [one, other, again] = [account('a', '1'), account('b', '2'), account('a', '3')].map((claims) =>
    namedIds(pairsOf('kubernetes'), claims).find(({ name }) => name === 'default'),
  )
  expect(one?.key).not.toBe(other?.key)
  expect(one?.key).toBe(again?.key)
  expect([one?.id, again?.id]).toEqual(['1', '3'])
})

test('a half that is missing, or is a list, makes no pair; numbers are compared as their digits', () => {
  const of = (claims: object) => namedIds(pairsOf('github'), { iss: 'https://x.example', ...claims } as never)
  expect(of({ repository: 'a/b' })).toEqual([])
  expect(of({ repository_id: '1' })).toEqual([])
  expect(of({ repository: ['a/b'], repository_id: '1' })).toEqual([])
  expect(of({ repository: 'a/b', repository_id: 12n })).toMatchObject([{ id: '12' }])
})

test('an id of which a name has several is no pair', () => {
  expect(paths('buddy')).toEqual([])
})
