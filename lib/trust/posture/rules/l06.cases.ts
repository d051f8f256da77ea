import { defineCases, plain, unparsed } from '../cases'

// RFC 8037, appendix A: a published pair, so that no test holds a secret.
const publicKey = { kty: 'OKP', crv: 'Ed25519', x: 'PYAQGPUbuyDTsCvKCoSwvCfJp0hcXh1NCqVZ9pGlHFc' }
const privateKey = { ...publicKey, d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' }
const source = (jwk: object) => ({ kind: 'inline-jwk', jwk })
const holding = (...keys: object[]) => ({ policy: unparsed({ keys }), preset: null })
const remote = { kind: 'jwks-url', url: 'https://login.acme.dev/jwks', caCert: '' }

export const l06Cases = defineCases({
  rule: 'L06',
  raises: [
    { title: 'a private JWK', subject: holding(source(privateKey)), path: ['keys', 0, 'jwk'] },
    {
      title: 'a shared secret beside a URL',
      subject: holding(remote, source({ kty: 'oct', k: 'AyM1SysPpbyDfgZld3umj1qzKObwVMko' })),
      path: ['keys', 1, 'jwk'],
      says: 'shared secret',
    },
    {
      title: 'a shared secret that is the only key',
      subject: holding(source({ kty: 'oct', k: 'AyM1SysPpbyDfgZld3umj1qzKObwVMko' })),
      hasNoFix: true,
    },
    {
      title: 'a private key in PEM beside a URL',
      subject: holding(remote, {
        kind: 'static-pem',
        pem: '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----',
      }),
      path: ['keys', 1, 'pem'],
    },
  ],
  silent: [
    { title: 'its public half', subject: plain({ keys: [source(publicKey)] }) },
    { title: 'a public JWK with empty private members', subject: holding(source({ ...publicKey, d: '', k: null })) },
  ],
})
