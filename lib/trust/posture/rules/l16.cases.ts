import { defineCases, plain } from '../cases'

const remote = { kind: 'jwks-url', url: 'https://login.acme.dev/jwks' }
const inline = (jwk: object) => ({ kind: 'inline-jwk', jwk })
// RFC 8037, appendix A.2, and a key of the same type that was made for this test.
const printed = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }
const own = { kty: 'OKP', crv: 'Ed25519', x: 'PYAQGPUbuyDTsCvKCoSwvCfJp0hcXh1NCqVZ9pGlHFc' }
const shortRsa = { kty: 'RSA', e: 'AQAB', n: `v${'A'.repeat(169)}Q` }
const published = (...keys: (typeof printed | typeof shortRsa)[]) => ({
  keysInEffect: [{ source: 0, set: { status: 'ok' as const, keys, fetchedAt: null, stale: null } }],
})

export const l16Cases = defineCases({
  rule: 'L16',
  raises: [
    {
      title: 'a sample key of an RFC beside a URL',
      subject: plain({ keys: [remote, inline(printed)] }),
      path: ['keys', 1, 'jwk'],
      says: 'RFC 8037',
    },
    { title: 'a short RSA key', subject: plain({ keys: [remote, inline(shortRsa)] }), says: 'RSA key of 10' },
    {
      title: 'a curve for agreeing on secrets',
      subject: plain({ keys: [remote, inline({ kty: 'OKP', crv: 'X25519', x: own.x })] }),
    },
    { title: 'a published sample key', subject: plain({}, published(printed)), path: ['keys', 0], hasNoFix: true },
    { title: 'the only key', subject: plain({ keys: [inline(printed)] }), hasNoFix: true },
  ],
  silent: [
    { title: 'a key of its own', subject: plain({ keys: [remote, inline(own)] }) },
    { title: 'a published key of its own', subject: plain({}, published(own)) },
  ],
})
