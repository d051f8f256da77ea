import { defineCases, plain } from '../cases'

const jwks = (url: string) => ({ keys: [{ kind: 'jwks-url', url }] })

export const l04Cases = defineCases({
  rule: 'L04',
  raises: [
    {
      title: 'a key set over plain HTTP',
      subject: plain(jwks('http://login.acme.dev/jwks')),
      path: ['keys', 0, 'url'],
      says: 'http://login.acme.dev/jwks',
    },
    {
      title: 'a discovery document over plain HTTP, in capitals',
      subject: plain({ keys: [{ kind: 'oidc-discovery', url: 'HTTP://login.acme.dev' }] }),
    },
    { title: 'a host that only begins like localhost', subject: plain(jwks('http://localhost.acme.dev/jwks')) },
  ],
  silent: [
    { title: 'https', subject: plain(jwks('https://login.acme.dev/jwks')) },
    { title: 'HTTP on the same machine', subject: plain(jwks('http://localhost:8080/jwks')) },
    { title: 'HTTP on the same machine, by number', subject: plain(jwks('http://[::1]:8080/jwks')) },
    { title: 'https whose path says http', subject: plain(jwks('https://login.acme.dev/http://x')) },
  ],
})
