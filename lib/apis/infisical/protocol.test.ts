import { describe, expect, test } from 'vitest'
import { AppError } from '@/lib/errors'
import { BoundClaims, toGrant } from './protocol'

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
