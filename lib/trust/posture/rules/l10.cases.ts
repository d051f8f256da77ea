import { defineCases, only, ownAudience, plain, rule } from '../cases'

const tenant = '7f9c2ba4-e88f-4a1b-9c0d-3e5f6a7b8c9d'
const issuer = `https://login.microsoftonline.com/${tenant}/v2.0`
const keys = [{ kind: 'jwks-url', url: `https://login.microsoftonline.com/${tenant}/discovery/v2.0/keys` }]
const aud = rule('aud', ownAudience)
const oid = only('oid', 'c0a80101-2222-4333-8444-55e6f7a8b9c0')
const sample = {
  iss: issuer,
  aud: ownAudience,
  sub: '/eid1/c/pub/t/abc/a/def/sc/org/connection',
  oid: 'c0a80101-2222-4333-8444-55e6f7a8b9c0',
  tid: tenant,
}

export const l10Cases = defineCases({
  rule: 'L10',
  raises: [
    {
      title: 'every application of a tenant',
      subject: plain({ issuer, keys, rules: [aud, only('tid', tenant)] }, { sample }),
      path: ['rules'],
    },
    {
      title: 'common',
      subject: plain({ issuer: 'https://login.microsoftonline.com/common/v2.0', keys, rules: [aud, oid] }),
      path: ['issuer'],
    },
    {
      title: 'the template of all tenants',
      subject: plain({ issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0', keys, rules: [aud, oid] }),
    },
    { title: 'no issuer', subject: plain({ issuer: null, keys, rules: [aud, oid] }, { sample }), path: ['issuer'] },
    {
      title: 'a generated subject in part',
      subject: plain({ issuer, keys, rules: [aud, rule('sub', '/eid1/c/pub/t/abc/*')] }, { sample }),
      says: '/eid1/',
    },
  ],
  silent: [
    { title: 'one application', subject: plain({ issuer, keys, rules: [aud, oid] }) },
    { title: 'a whole generated subject', subject: plain({ issuer, keys, rules: [aud, only('sub', sample.sub)] }) },
    {
      title: 'an issuer of another host with such a path',
      subject: plain({ issuer: 'https://login.acme.dev/common/v2.0', rules: [aud] }),
    },
  ],
})
