import { expect, test } from 'vitest'
import { contentSecurityPolicy, workerPolicy } from './content-security-policy'

const directives = (isDevelopment: boolean) =>
  new Map(
    contentSecurityPolicy('N0nce', isDevelopment)
      .split('; ')
      .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]),
  )

test('in production a page speaks to our own origin only and runs no script without the nonce', () => {
  const policy = directives(false)
  expect(policy.get('default-src')).toEqual(["'self'"])
  expect(policy.get('connect-src')).toEqual(["'self'"])
  expect(policy.get('script-src')).toEqual(["'self'", "'nonce-N0nce'", "'strict-dynamic'"])
  expect(policy.get('worker-src')).toEqual(["'self'"])
  expect(policy.get('form-action')).toEqual(["'self'"])
  for (const name of ['object-src', 'base-uri', 'frame-ancestors']) expect(policy.get(name)).toEqual(["'none'"])
})

test('sources that development needs are allowed in development only', () => {
  expect(directives(true).get('script-src')).toContain("'unsafe-eval'")
  expect(contentSecurityPolicy('N0nce', false)).not.toMatch(/unsafe-eval|ws:|http:|\*/)
})

test('a worker loads scripts of our own origin and connects to nothing', () => {
  expect(workerPolicy.split('; ')).toEqual(["default-src 'none'", "script-src 'self'"])
})
