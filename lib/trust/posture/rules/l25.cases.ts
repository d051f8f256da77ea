import { defineCases, plain } from '../cases'

const now = 1_800_000_000
const daySeconds = 86_400
const inline = (kid: string) => ({
  kind: 'inline-jwk',
  jwk: { kty: 'OKP', crv: 'Ed25519', x: 'PYAQGPUbuyDTsCvKCoSwvCfJp0hcXh1NCqVZ9pGlHFc', kid },
})
const keys = (...sources: object[]) => ({ keys: sources })
const aged = (days: number) => ({ now, createdAt: now - days * daySeconds })

export const l25Cases = defineCases({
  rule: 'L25',
  withoutFix: 'The next key comes from the issuer.',
  raises: [
    { title: 'one typed-in key', subject: plain(keys(inline('a')), aged(1)), path: ['keys', 0] },
    {
      title: 'two typed-in keys of two years',
      subject: plain(keys(inline('a'), inline('b')), aged(730)),
      says: '730 days',
    },
  ],
  silent: [
    { title: 'two young keys', subject: plain(keys(inline('a'), inline('b')), aged(30)) },
    {
      title: 'a key beside a URL',
      subject: plain(keys(inline('a'), { kind: 'jwks-url', url: 'https://login.acme.dev/jwks' }), aged(730)),
    },
    { title: 'an unknown time', subject: plain(keys(inline('a'))), isUnknown: true },
  ],
})
