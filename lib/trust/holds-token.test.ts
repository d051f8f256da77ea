import { expect, test } from 'vitest'
import { holdsToken } from './holds-token'

// RFC 7515, appendix A.1.
const token =
  'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'

test.each([
  token,
  token.slice(1),
  token.slice(5),
  token.slice(token.indexOf('.') - 10),
  token.slice(token.indexOf('.') + 1),
  token.slice(0, -20),
  `curl -H "Authorization: Bearer ${token}" https://api.example`,
  `token=${token}&x=1`,
  token.replaceAll(/.{20}/g, '$&\n'),
  `{"access_token":"${token.slice(7)}"}`,
])('a token is in it: %#', (text) => {
  expect(holdsToken(text)).toBe(true)
})

test.each([
  '',
  'payments-deployer',
  'repo:acme/app:ref:refs/heads/main',
  'https://token.actions.githubusercontent.com',
  'k8s-ingress-0123456789abcdef0123456789abcdef-1234.elb.eu-north-1.amazonaws.com',
  'system:serviceaccount:prod:deployer',
  'req-01hzy3k9ab',
  '0c34a667-ce01-4afa-98f9-965c5ba30320',
  'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs',
  'resource_access.keybound.roles',
  'Mara.Lindqvist@larkfield.example',
])('%j is searched for', (text) => {
  expect(holdsToken(text)).toBe(false)
})
