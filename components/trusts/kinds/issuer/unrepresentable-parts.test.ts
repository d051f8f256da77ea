import { expect, test } from 'vitest'
import { emptySourceRow } from '../../form/source-rows'
import { emptyTrustForm } from '../../form/trust-form'
import { issuerForm } from './form'
import { unrepresentableParts } from './unrepresentable-parts'

const issuer = (url: string, caCert = '') => {
  const row = emptySourceRow('jwks-url')
  row['jwks-url'] = { url, caCert }
  return { ...emptyTrustForm(issuerForm), sources: [row, emptySourceRow('inline-jwk')] }
}

test('an issuer with a URL and limits can be represented whole', () => {
  const plain = { ...issuer('https://issuer.example/jwks'), roles: ['viewer'], prm: '7', audiences: ['a'] }
  expect(unrepresentableParts(plain)).toEqual([])
})

test('a CA certificate, other key sources and other rules cannot', () => {
  expect(unrepresentableParts(issuer('https://issuer.example/jwks', 'PEM'))).toEqual(['a CA certificate'])
  expect(unrepresentableParts({ ...issuer(''), subject: 'someone' })).toHaveLength(1)
  const pems = { ...emptySourceRow('static-pem'), 'static-pem': [{ pem: 'PEM' }] }
  expect(unrepresentableParts({ ...issuer(''), sources: [pems] })).toEqual(['keys in PEM'])
  const inline = { ...emptySourceRow('inline-jwk'), 'inline-jwk': [{ json: '{}' }] }
  const { sources } = issuer('https://issuer.example/jwks')
  expect(unrepresentableParts({ ...issuer(''), sources: [inline, ...sources] })).toEqual([
    'supplied keys before the URL’s',
  ])
  const discovery = emptySourceRow('oidc-discovery')
  discovery['oidc-discovery'].url = 'https://issuer.example'
  expect(unrepresentableParts({ ...issuer(''), sources: [discovery] })).toEqual(['more than a JWKS URL'])
})
