import { defineCases, only, ownAudience, plain, rule, sound } from '../cases'

const sample = { iss: 'https://login.microsoftonline.com/7f9c/v2.0', aud: ownAudience, sub: 'deployer' }
const keys = [{ kind: 'jwks-url', url: 'https://login.microsoftonline.com/7f9c/discovery/v2.0/keys' }]
const bound = (...values: string[]) => ({ issuer: null, keys, rules: [...sound.rules, rule('iss', ...values)] })

export const l51Cases = defineCases({
  rule: 'L51',
  raises: [
    {
      title: 'a pattern of issuers',
      subject: plain(bound('https://login.microsoftonline.com/*/v2.0'), { sample }),
      path: ['rules', 2, 'matcher', 'values', 0],
    },
    { title: 'one pattern among exact issuers', subject: plain(bound(sample.iss, 'https://*.acme.dev'), { sample }) },
    { title: 'a denial', subject: plain(bound('!https://evil.dev')), hasNoFix: true },
    {
      title: 'a template',
      subject: plain({ issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0', keys }, { sample }),
      path: ['issuer'],
    },
  ],
  silent: [
    { title: 'an exact issuer', subject: plain() },
    {
      title: 'a list of exact issuers',
      subject: plain({
        issuer: null,
        rules: [...sound.rules, only('iss', 'https://a.acme.dev', 'https://b.acme.dev')],
      }),
    },
    {
      title: 'a pattern beside an exact issuer',
      subject: plain({ rules: [...sound.rules, rule('iss', 'https://*')] }),
    },
  ],
})
