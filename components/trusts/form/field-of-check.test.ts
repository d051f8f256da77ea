import { expect, test } from 'vitest'
import { jwtAuthForm } from '../kinds/jwt-auth/form'
import { fieldOfCheck } from './field-of-check'
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
