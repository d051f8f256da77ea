import { expect, test } from 'vitest'
import { readTarget } from './request-target'

test.each([
  ['/api/v1/identities/', ['api', 'v1', 'identities']],
  ['/api/v1/identities///?orgId=a/', ['api', 'v1', 'identities']],
  ['/api/v1/identities', ['api', 'v1', 'identities']],
  ['/', ['']],
])('slashes at the end of a path do not count: %s', (url, steps) => {
  expect(readTarget(url)?.steps).toEqual(steps)
})

test('segments are decoded once, after the path was split (RFC 3986 §2.4)', () => {
  expect(readTarget('/auth/v1/issuers/https%3A%2F%2Fi.example%2Fa?x=%')).toEqual({
    path: '/auth/v1/issuers/https%3A%2F%2Fi.example%2Fa',
    search: '?x=%',
    steps: ['auth', 'v1', 'issuers', 'https://i.example/a'],
    host: null,
  })
  expect(readTarget('/%61pi/%252F')?.steps).toEqual(['api', '%2F'])
})

test.each([
  ['http://other.example/api/status?x=1', '/api/status', '?x=1', 'other.example'],
  ['HTTPS://other.example:8443?x', '/', '?x', 'other.example:8443'],
  ['http://[::1]:3000/a#b', '/a', '', '[::1]:3000'],
])('absolute-form is a path at the host it names (RFC 9112 §3.2.2): %s', (url, path, search, host) => {
  expect(readTarget(url)).toMatchObject({ path, search, host })
})

test.each([
  '/api/v1/identities/%E0%A4%A',
  '/api/v1/identities/%zz',
  '*',
  '',
  'api/status',
  'example.com:443',
  'http:///api',
  'http://user@host/api',
  'http://host\\@evil/api',
  'ftp://host/api',
])('what is no readable path is none: %j', (url) => {
  expect(readTarget(url)).toBeNull()
})

test('a fragment is no part of a target (RFC 9112 §3.2)', () => {
  expect(readTarget('/a?b#c?d')).toMatchObject({ path: '/a', search: '?b' })
})
