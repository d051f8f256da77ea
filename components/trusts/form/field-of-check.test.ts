import { describe, expect, test } from 'vitest'
import type { FindingAnswer } from '@/lib/model/posture'
import { jwtAuthForm } from '../kinds/jwt-auth/form'
import { fieldOfCheck, fieldOfFinding } from './field-of-check'
import { judgeTrustForm } from './judge-trust-form'
import { emptyTrustForm } from './trust-form'

test('a check leads to the field that asked, also when wrong fields before it are not judged by', () => {
  const values = {
    ...emptyTrustForm(jwtAuthForm),
    audiences: ['a'],
    claims: [
      { key: 'x', value: '' },
      { key: 'ref', value: 'm' },
    ],
  }
  const [source] = values.sources
  if (source) source['jwks-url'].url = 'https://a.example/jwks'
  const { fieldOfPolicy } = judgeTrustForm(jwtAuthForm, values)
  expect(fieldOfCheck(jwtAuthForm, { id: 'claim:ref', field: 'rules.1' }, fieldOfPolicy)).toEqual([
    'claims',
    1,
    'value',
  ])
  expect(fieldOfCheck(jwtAuthForm, { id: 'aud', field: 'rules.0' }, fieldOfPolicy)).toEqual(['audiences'])
  expect(fieldOfCheck(jwtAuthForm, { id: 'keys.source', field: 'keys.0' }, fieldOfPolicy)).toEqual([
    'sources',
    0,
    'jwks-url',
    'url',
  ])
  expect(fieldOfCheck(jwtAuthForm, { id: 'exp', field: 'lifetime.requireExpiry' }, fieldOfPolicy)).toEqual([
    'lifetime',
    'requireExpiry',
  ])
})

test('a check that no field asked for leads to the empty field, and a check of the token alone to none', () => {
  const { fieldOfPolicy } = judgeTrustForm(jwtAuthForm, emptyTrustForm(jwtAuthForm))
  expect(fieldOfCheck(jwtAuthForm, { id: 'sub', field: 'rules' }, fieldOfPolicy)).toEqual(['subject'])
  expect(fieldOfCheck(jwtAuthForm, { id: 'signature' }, fieldOfPolicy)).toEqual(['sources'])
  expect(fieldOfCheck(jwtAuthForm, { id: 'token.shape' }, fieldOfPolicy)).toBeNull()
})

describe('the field of a finding', () => {
  const fieldOf = (path: FindingAnswer['path'], rule?: string) =>
    fieldOfFinding(
      jwtAuthForm,
      {
        path,
        ...(rule ? { fix: { label: 'Bind it', changes: [{ op: 'add', path: '/rules/0', value: bound(rule) }] } } : {}),
      },
      (place) => ['of policy', ...place],
    )
  const bound = (path: string) => ({ path, matcher: { kind: 'glob-any', values: ['x'] }, whenAbsent: 'refuse' })

  test('is that of its place in the draft', () => {
    expect(fieldOf(['rules', 2, 'matcher', 'values', 0])).toEqual(['of policy', 'rules', 2, 'matcher', 'values', 0])
    expect(fieldOf(['issuer'])).toEqual(['of policy', 'issuer'])
  })

  test('of a missing rule is that of the claim to bind, else the subject', () => {
    expect(fieldOf(['rules'], 'aud')).toEqual(['audiences'])
    expect(fieldOf(['rules'])).toEqual(['subject'])
    expect(fieldOf(['rules'], 'repository_id')).toEqual(['of policy', 'rules'])
  })
})
