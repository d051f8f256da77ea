import { presetOf } from '../../presets'
import { defineCases, plain } from '../cases'

const discovered = (named: string, issuer = 'https://login.acme.dev') =>
  plain(
    { issuer, keys: [{ kind: 'oidc-discovery', url: issuer }] },
    { keysInEffect: [{ source: 0, set: { status: 'ok', keys: [], fetchedAt: 0, stale: null, issuer: named } }] },
  )
const jwks = (url: string, issuer = 'https://login.acme.dev') => plain({ issuer, keys: [{ kind: 'jwks-url', url }] })

export const l23Cases = defineCases({
  rule: 'L23',
  raises: [
    {
      title: 'a discovery document of another issuer',
      subject: discovered('https://login.other.dev'),
      path: ['keys', 0, 'url'],
      hasNoFix: true,
    },
    { title: 'a slash at the end', subject: discovered('https://login.acme.dev/'), says: 'by a slash' },
    { title: 'keys on the host of another owner', subject: jwks('https://keys.other.dev/jwks'), hasNoFix: true },
    {
      title: 'keys on another page of the same host of pages',
      subject: jwks('https://b.github.io/jwks', 'https://a.github.io'),
    },
  ],
  silent: [
    { title: 'the same issuer', subject: discovered('https://login.acme.dev') },
    { title: 'keys on a sibling host', subject: jwks('https://keys.acme.dev/jwks') },
    { title: 'an issuer that is no URL', subject: jwks('https://keys.acme.dev/jwks', 'acme') },
    {
      title: 'an issuer of many installations',
      subject: jwks('https://keys.acme.dev/jwks', 'https://kubernetes.default.svc'),
    },
    {
      title: 'keys where the preset says they are',
      subject: {
        ...jwks(
          'https://token.actions.githubusercontent.com/.well-known/jwks',
          'https://token.actions.githubusercontent.com',
        ),
        preset: presetOf('github'),
      },
    },
  ],
})
