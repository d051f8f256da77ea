import { expect, test } from 'vitest'
import { fieldOfCheck } from './field-of-check'
import { judgeTrustForm } from './judge-trust-form'
import { emptyTrustForm } from './trust-form'

test('a check leads to the field that asked, also when wrong fields before it are not judged by', () => {
  const values = {
    ...emptyTrustForm('jwt'),
    audiences: ['a'],
    claims: [
      { key: 'x', value: '' },
      { key: 'ref', value: 'm' },
    ],
  }
  const [source] = values.sources
  if (source) source['jwks-url'].url = 'https://a.example/jwks'
  const { fieldOfPolicy } = judgeTrustForm(values)
  expect(fieldOfCheck({ id: 'claim:ref', field: 'rules.1' }, fieldOfPolicy)).toEqual(['claims', 1, 'value'])
  expect(fieldOfCheck({ id: 'aud', field: 'rules.0' }, fieldOfPolicy)).toEqual(['audiences'])
  expect(fieldOfCheck({ id: 'keys.source', field: 'keys.0' }, fieldOfPolicy)).toEqual(['sources', 0, 'jwks-url', 'url'])
  expect(fieldOfCheck({ id: 'exp', field: 'lifetime.requireExpiry' }, fieldOfPolicy)).toEqual([
    'lifetime',
    'requireExpiry',
  ])
})

test('what nobody asked for leads to the empty field, and what is the token’s own to none', () => {
  const { fieldOfPolicy } = judgeTrustForm(emptyTrustForm('jwt'))
  expect(fieldOfCheck({ id: 'sub', field: 'rules' }, fieldOfPolicy)).toEqual(['subject'])
  expect(fieldOfCheck({ id: 'signature' }, fieldOfPolicy)).toEqual(['sources'])
  expect(fieldOfCheck({ id: 'token.shape' }, fieldOfPolicy)).toBeNull()
})
