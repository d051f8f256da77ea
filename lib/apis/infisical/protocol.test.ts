import { describe, expect, test } from 'vitest'
import { AppError } from '@/lib/errors'
import { BoundClaims, fromGrant, toGrant } from './protocol'

const fields = { accessTokenTTL: 60, accessTokenMaxTTL: 60, accessTokenNumUsesLimit: 0 }
const errorOf = (act: () => unknown): AppError => {
  try {
    act()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new TypeError('nothing was refused')
}

describe('trusted addresses', () => {
  test('that are none break a rule (400), and every one of them is named by its place', () => {
    const sent = ['10.0.0.0/8', '999.1.1.1', '10.0.0.0/33', '', 'localhost'].map((ipAddress) => ({ ipAddress }))
    const error = errorOf(() => toGrant({ ...fields, accessTokenTrustedIps: sent }))
    expect(error.kind).toBe('rule')
    expect(error.fields.map(({ path }) => path)).toEqual(
      [1, 2, 3, 4].map((at) => ['accessTokenTrustedIps', at, 'ipAddress']),
    )
    expect(error.message).toMatch(/^accessTokenTrustedIps\[1\]\.ipAddress: "999\.1\.1\.1"/)
  })
})

describe('trusted addresses that are shown', () => {
  // Clients put the two parts together again and compare them with what they sent.
  test.each([
    ['10.0.0.0/8', { ipAddress: '10.0.0.0', type: 'ipv4', prefix: 8 }],
    ['10.1.2.3/8', { ipAddress: '10.1.2.3', type: 'ipv4', prefix: 8 }],
    ['10.1.2.3', { ipAddress: '10.1.2.3', type: 'ipv4' }],
    ['2001:DB8:0::1/32', { ipAddress: '2001:DB8:0::1', type: 'ipv6', prefix: 32 }],
    ['::ffff:10.0.0.0/104', { ipAddress: '::ffff:10.0.0.0', type: 'ipv6', prefix: 104 }],
    ['::/0', { ipAddress: '::', type: 'ipv6', prefix: 0 }],
  ])('%s comes back as it was sent', (ipAddress, shown) => {
    const grant = toGrant({ ...fields, accessTokenTrustedIps: [{ ipAddress }] })
    expect(fromGrant(grant).accessTokenTrustedIps).toEqual([shown])
  })
})

describe('names that become one when they are normalised', () => {
  const problems = (claims: Record<string, string>) =>
    (BoundClaims.safeParse(claims).error?.issues ?? []).map(({ path }) => path.join('.'))

  test('are refused: none of two bindings is lost without a word', () => {
    expect(problems({ role: 'admin', ' role': '*' })).toEqual([' role'])
    expect(problems({ '\trole ': 'a', role: 'b', 'role\n': 'c' })).toEqual(['role', 'role\n'])
  })

  test('a single name with blanks around it is one', () => {
    expect(problems({ ' role ': 'admin', Role: 'admin' })).toEqual([])
  })

  test('blanks around a name hide none that has a field of its own', () => {
    expect(problems({ ' aud': 'x' })).toEqual([' aud'])
    expect(problems({ 'sub ': 'x' })).toEqual(['sub '])
    expect(problems({ ' ': 'x' })).toEqual([' '])
  })
})
