import { defineCases, plain, trustOf } from '../cases'

const issuer = 'https://kubernetes.default.svc.cluster.local'
const policy = (url: string, caCert = '') => ({ issuer, keys: [{ kind: 'jwks-url', url, caCert }] })
const other = (url: string) => ({ id: '1', policy: trustOf(policy(url)), preset: null })
const url = 'https://kubernetes.default.svc/openid/v1/jwks'

export const l24Cases = defineCases({
  rule: 'L24',
  withoutFix: 'Only its owner knows the cluster’s keys and CA.',
  raises: [
    { title: 'a name of one cluster, unpinned', subject: plain(policy(url)), path: ['keys', 0, 'caCert'] },
    {
      title: 'keys that another trust takes too',
      subject: plain(policy('https://keys.acme.dev/jwks'), { others: [other('https://keys.acme.dev/jwks')] }),
      path: ['keys', 0, 'url'],
    },
  ],
  silent: [
    { title: 'the cluster’s CA', subject: plain(policy(url, '-----BEGIN CERTIFICATE-----')) },
    { title: 'a public URL of its own', subject: plain(policy('https://keys.acme.dev/jwks')) },
    { title: 'another issuer', subject: plain({ keys: [{ kind: 'jwks-url', url }] }) },
    {
      title: 'pasted keys',
      subject: plain({
        issuer,
        keys: [
          { kind: 'inline-jwk', jwk: { kty: 'OKP', crv: 'Ed25519', x: 'PYAQGPUbuyDTsCvKCoSwvCfJp0hcXh1NCqVZ9pGlHFc' } },
        ],
      }),
    },
  ],
})
