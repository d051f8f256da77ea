import { beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '@/lib/errors'
import { refuseOtherSites, requireSameOrigin } from './session'

beforeAll(() => {
  Object.assign(process.env, {
    PUBLIC_URL: 'https://keybound.example',
    DATABASE_URL: 'file:never-opened.db',
    KEYBOUND_SECRET: 'a secret for tests, known to all',
  })
})

const passes = (check: (request: Request) => void, headers: Record<string, string>, method = 'POST') => {
  try {
    check(new Request('http://10.0.0.1:3000/api', { method, headers }))
    return true
  } catch (error) {
    if (error instanceof AppError && error.kind === 'forbidden') return false
    throw error
  }
}

describe('an act that rests on a cookie', () => {
  test.each<[string, Record<string, string>, boolean]>([
    ['our own page', { 'sec-fetch-site': 'same-origin' }, true],
    ['another site', { 'sec-fetch-site': 'cross-site' }, false],
    ['a neighbour under the same domain', { 'sec-fetch-site': 'same-site' }, false],
    ['no page at all', { 'sec-fetch-site': 'none' }, false],
    [
      'another site that lies about its origin',
      { 'sec-fetch-site': 'cross-site', origin: 'https://keybound.example' },
      false,
    ],
    ['an old browser on our page', { origin: 'https://keybound.example' }, true],
    ['an old browser at another of our names', { origin: 'https://10.0.0.1', host: '10.0.0.1' }, true],
    ['an old browser elsewhere', { origin: 'https://evil.example' }, false],
    ['an origin that only begins like ours', { origin: 'https://keybound.example.evil.example' }, false],
    ['our name without TLS', { origin: 'http://keybound.example', host: 'keybound.example' }, false],
    ['a sandboxed frame', { origin: 'null' }, false],
    ['nothing said', {}, false],
  ])('from %s', (_, headers, allowed) => {
    expect(passes(requireSameOrigin, headers)).toBe(allowed)
    for (const method of ['PUT', 'PATCH', 'DELETE']) expect(passes(requireSameOrigin, headers, method)).toBe(allowed)
    expect(passes(requireSameOrigin, headers, 'GET')).toBe(true)
  })
})

describe('an act that needs no credentials', () => {
  test.each<[string, Record<string, string>, boolean]>([
    ['a machine', {}, true],
    ['an old browser on our page', { origin: 'https://keybound.example' }, true],
    // To a server without TLS a browser says no more than the origin.
    ['an old browser elsewhere', { origin: 'https://evil.example' }, false],
    ['our name without TLS', { origin: 'http://keybound.example', host: 'keybound.example' }, false],
    ['our own page', { 'sec-fetch-site': 'same-origin' }, true],
    ['another site’s page', { 'sec-fetch-site': 'cross-site' }, false],
    ['a neighbour’s page', { 'sec-fetch-site': 'same-site' }, false],
  ])('from %s', (_, headers, allowed) => {
    expect(passes(refuseOtherSites, headers)).toBe(allowed)
    expect(passes(refuseOtherSites, headers, 'GET')).toBe(true)
  })
})
