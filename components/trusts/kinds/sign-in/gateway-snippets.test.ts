import { expect, test } from 'vitest'
import { callbackOf, nginxSnippet, sampleCommand } from './gateway-snippets'

const input = {
  origin: 'https://keybound.example.com',
  jwtEndpoint: 'https://portal.example.com/auth/jwt?tenant=acme',
  headerName: 'x-auth-token',
}

/** Words of a directive, as nginx reads them: comments gone, quotes undone. One line each here. */
const directives = (snippet: string) =>
  snippet.split('\n').flatMap((line) => {
    const words = [...line.matchAll(/\s*(?:"((?:\\.|[^"\\])*)"|(#.*)|([^\s;{}"#]+)|([;{}]))/g)]
      .filter(([, , comment]) => comment === undefined)
      .map(([, quoted, , plain, sign]) => quoted?.replace(/\\(.)/g, '$1') ?? plain ?? sign ?? '')
    return words.length > 0 ? [words.filter((word) => !/^[;{}]$/.test(word))] : []
  })
const has = (snippet: string, ...directive: string[]) => expect(directives(snippet)).toContainEqual(directive)

test('the callback is the one path of this product', () => {
  expect(callbackOf('https://keybound.example.com')).toBe('https://keybound.example.com/idps/jwt')
})

test('the gateway replaces the header, passes the query, drops its own cookies and relays the answer', () => {
  const snippet = nginxSnippet(input)
  // The path alone: nginx compares no query.
  has(snippet, 'location', '=', '/auth/jwt')
  has(snippet, 'proxy_set_header', 'x-auth-token', '$keybound_jwt')
  has(snippet, 'proxy_set_header', 'Cookie', '')
  has(snippet, 'proxy_redirect', 'off')
  // Without variables, nginx appends the query it was given.
  has(snippet, 'proxy_pass', 'https://keybound.example.com/idps/jwt')
})

test('no header name means Authorization', () => {
  has(nginxSnippet({ ...input, headerName: '' }), 'proxy_set_header', 'Authorization', '$keybound_jwt')
})

test('Keybound behind TLS is verified; without TLS nothing is said about it', () => {
  has(nginxSnippet(input), 'proxy_ssl_verify', 'on')
  has(nginxSnippet(input), 'proxy_ssl_server_name', 'on')
  expect(nginxSnippet({ ...input, origin: 'http://127.0.0.1:3000' })).not.toContain('proxy_ssl')
})

test('a path and a header that nginx would read otherwise stay one word', () => {
  const path = 'https://portal.example.com/a%20b;%7B%22x%22%7D%5C'
  has(nginxSnippet({ ...input, jwtEndpoint: path }), 'location', '=', '/a b;{"x"}\\')
  has(nginxSnippet({ ...input, headerName: "#x'y" }), 'proxy_set_header', "#x'y", '$keybound_jwt')
})

test('the application’s own page never takes the place of the endpoint', () => {
  const places = directives(nginxSnippet({ ...input, jwtEndpoint: 'https://portal.example.com/session' })).filter(
    ([name]) => name === 'location',
  )
  expect(new Set(places.map(([, , path]) => path)).size).toBe(2)
})

test('an endpoint that is still being typed gives an example, not a failure', () => {
  for (const jwtEndpoint of ['', 'https://', 'portal', 'https://portal.example.com/%zz']) {
    expect(nginxSnippet({ ...input, jwtEndpoint })).toContain('proxy_pass')
  }
})

test('the sample is told the address and the header, each as one word of the shell', () => {
  expect(sampleCommand({ origin: 'https://keybound.example.com', headerName: "x-'y" })).toContain(
    `KEYBOUND='https://keybound.example.com' HEADER='x-'\\''y'`,
  )
})
