import { expect, test } from 'vitest'
import { encodeBase64url } from '../keys/base64url'
import { describeProblem } from './no-token'
import { decodeToken } from './token'

const encode = (text: string) => encodeBase64url(new TextEncoder().encode(text))
const header = encode('{"alg":"RS256"}')
const claims = encode('{"sub":"a"}')

test.each([
  ['v4.public.eyJzdWIiOiJhIn0cGFzZXRv', /PASETO/],
  [
    'v2.local.QAxIpVe-ECVNI1z4xQbm_qQYomyT3h8FtV8bxkz8pBJWkT8f7HtlOpbroPDEZUKop_vaglyp76CzYy375cHmKCW8e1CCkV0Lflu4GTDyXMqQdpZMM1E6OaoQW27gaRSvWBrR3IgbFIa0AkuUFw.UGFyYWdvbg',
    /PASETO/,
  ],
  ['k8s-aws-v1.aHR0cHM6Ly9zdHMuYW1hem9uYXdzLmNvbS8', /Amazon EKS/],
  ['FlyV1 fm2_lJPECAAAAAAAAAAB', /macaroon/],
  ['MDAyMWxvY2F0aW9uIGh0dHA6Ly9teWJhbmsvCjAwMjZpZGVudGlmaWVy', /macaroon/],
  ['hVm8ElI2Qy5fJQ.atlasv1.TnXsTDh5VMQKnMQhKvGnJQ', /HCP Terraform/],
  [`${header}.${claims}.c2ln~WyJhIiwiYiJd~`, /SD-JWT/],
  ['Authorization: Bearer ghs_16C7e42F292c6912E7710c838347Ae178B4a', /GitHub/],
  ['token ghp_16C7e42F292c6912E7710c838347Ae178B4a', /GitHub/],
  ['PRIVATE-TOKEN: glpat-xxxxxxxxxxxxxxxxxxxx', /GitLab/],
  ['X-Vault-Token: hvs.CAESIJ1234567890abcdefghij', /Vault/],
  ['export GITHUB_TOKEN=ghs_16C7e42F292c6912E7710c838347Ae178B4a', /GitHub/],
  ['Authorization: Basic dXNlcjpwYXNzd29yZA==', /HTTP Basic/],
  ['https://issuer.example/jwks.json', /This is a URL/],
  ['$ACTIONS_ID_TOKEN', /variable/],
  [`\${{ secrets.TOKEN }}`, /variable/],
  ['<!DOCTYPE html><html><body>Sign in</body></html>', /web page/],
  ['the token of the job', /no token in this text/],
  [header, /header of a token alone/],
  [claims, /claims of a token alone/],
  ['{"keys":[{"kty":"RSA"}]}', /set of public keys/],
  ['{"kty":"RSA","n":"x","e":"AQAB"}', /public key \(JWK\)/],
  ['{"issuer":"https://issuer.example","jwks_uri":"https://issuer.example/jwks"}', /discovery document/],
  ['{"error":"invalid_request"}', /request that failed/],
  ['{"payload":"eyJ9","protected":"eyJ9","signature":"c2ln"}', /RFC 7515 §7\.2/],
  ['{"protected":"eyJ9","ciphertext":"c2ln","tag":"c2ln"}', /encrypted token/],
  ['{"iss":"https://issuer.example","sub":"a"}', /claims of a token alone/],
  ['{"__proto__":{"keys":[]},"a":1}', /This is JSON/],
  ['a.b', /three segments joined by dots; this has 2/],
  [`${header}.${claims}`, /signature is missing/],
  ['Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4', /opaque token/],
])('what a text is that is no signed token is said: %s', (text, problem) => {
  const decoded = decodeToken(text)
  expect(describeProblem(decoded)).toMatch(problem)
  expect(decoded.kind).not.toBe('jws')
})
