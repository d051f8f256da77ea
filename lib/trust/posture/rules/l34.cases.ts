import { defineCases, plain } from '../cases'

const jwks = (url: string) => plain({ keys: [{ kind: 'jwks-url', url }] })

export const l34Cases = defineCases({
  rule: 'L34',
  withoutFix: 'Only its owner knows another URL.',
  raises: [
    { title: 'a private address', subject: jwks('https://10.0.0.7/jwks'), path: ['keys', 0, 'url'], says: 'RFC 1918' },
    { title: 'carrier NAT', subject: jwks('https://100.64.3.2/jwks') },
    { title: 'a metadata service in IPv6', subject: jwks('https://[::ffff:169.254.169.254]/jwks') },
    { title: 'NAT64', subject: jwks('https://[64:ff9b::a00:1]/jwks') },
    { title: 'a name of a cluster', subject: jwks('https://login.prod.svc/jwks') },
    { title: 'an internal name', subject: jwks('https://login.acme.internal/jwks') },
    { title: 'another port', subject: jwks('https://login.acme.dev:8443/jwks'), says: 'port 8443' },
    { title: 'a public address by number', subject: jwks('https://8.8.8.8/jwks') },
  ],
  silent: [
    { title: 'a public name', subject: jwks('https://login.acme.dev/jwks') },
    { title: 'the usual port, written out', subject: jwks('https://login.acme.dev:443/jwks') },
    {
      title: 'pasted keys',
      subject: plain({
        keys: [
          { kind: 'inline-jwk', jwk: { kty: 'OKP', crv: 'Ed25519', x: 'PYAQGPUbuyDTsCvKCoSwvCfJp0hcXh1NCqVZ9pGlHFc' } },
        ],
      }),
    },
  ],
})
