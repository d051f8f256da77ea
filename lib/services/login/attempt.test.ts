import { beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '@/lib/errors'
import type { Check, Verdict } from '@/lib/trust/engine/verdict'
import type { Trust } from '@/lib/trust/trust'
import type { Context } from '../context'
import {
  attempt,
  type Found,
  type Login,
  type Outcome,
  requireUnchanged,
  settleInTransaction,
  TrustChanged,
} from './attempt'

const check: Check = { id: 'method', status: 'fail', title: 'Method', message: 'No.', trusted: false }
const accepted = { accepted: true, decisive: null, checks: [] } as unknown as Verdict
const refused = { accepted: false, decisive: check, checks: [] } as unknown as Verdict

/** The version of the trust that is stored. */
let stored = 1
const ctx = { ip: '192.0.2.1' } as unknown as Context

let steps: string[] = []
beforeEach(() => {
  stored = 1
  steps = []
})

function login(more: Partial<Login<Found, Outcome>> = {}): Login<Found, Outcome> {
  return {
    kind: 'jwt',
    limitedBy: 'an identity',
    find: async () => {
      steps.push(`find ${stored}`)
      const trust = { id: 't', version: stored } as Trust
      return { organizationId: 'o', identity: null, trust, token: 'x' }
    },
    judge: async ({ trust }) => {
      steps.push(`judge by ${trust?.version ?? 'nothing'}`)
      return trust ? accepted : refused
    },
    settle: async ({ trust }, { decisive }) => {
      if (trust && trust.version !== stored) throw new TrustChanged()
      steps.push('settle')
      return decisive ? { accepted: false, check: decisive } : { accepted: true }
    },
    ...more,
  }
}

test('a token is judged again when its trust was changed while it was judged', async () => {
  const outcome = await attempt(
    ctx,
    login({
      judge: async ({ trust }) => {
        steps.push(`judge by ${trust?.version}`)
        stored = 2
        return accepted
      },
    }),
  )
  expect(outcome).toEqual({ accepted: true })
  expect(steps).toEqual(['find 1', 'judge by 1', 'find 2', 'judge by 2', 'settle'])
})

test('a token whose trust never stays the same while it is judged is not accepted, and may be sent again', async () => {
  const changing = attempt(
    ctx,
    login({
      judge: async () => {
        stored += 1
        return accepted
      },
    }),
  )
  await expect(changing).rejects.toMatchObject({ kind: 'unavailable', retryAfterSeconds: 1 })
  expect(steps).not.toContain('settle')
})

test('what goes wrong while a login is settled ends it', async () => {
  const failure = new Error('no disk')
  await expect(attempt(ctx, login({ settle: () => Promise.reject(failure) }))).rejects.toBe(failure)
})

describe('a transaction of a sign-in', () => {
  const tx = {
    trust: { count: async ({ where }: { where: { version: number } }) => (where.version === stored ? 1 : 0) },
  }
  const failing = (failures: object[]) =>
    ({
      db: {
        $transaction: async (act: (it: unknown) => Promise<unknown>) => {
          const failure = failures.shift()
          if (failure) throw failure
          return act(tx)
        },
      },
    }) as unknown as Context

  test('runs again when another one added the same row first, three times at most', async () => {
    const taken = { code: 'P2002' }
    const settle = async () => 'settled'
    expect(await settleInTransaction(failing([taken, taken]), settle)).toBe('settled')
    await expect(settleInTransaction(failing([taken, taken, taken]), settle)).rejects.toBe(taken)
  })

  test('is undone when the trust is no longer what the token was judged by', async () => {
    const settle = (version: number) =>
      settleInTransaction(failing([]), (it) => requireUnchanged(it, { id: 't', version }))
    await expect(settle(1)).resolves.toBeUndefined()
    await expect(settle(2)).rejects.toBeInstanceOf(TrustChanged)
  })
})

test('refusals are limited by what the login is counted by, known beforehand or once found; null is not limited', async () => {
  const refusing = { judge: async () => refused }
  const tries = async (limitedBy: Login<Found, Outcome>['limitedBy'], ip: string) => {
    const all = Array.from({ length: 70 }, () => attempt({ ...ctx, ip }, login({ ...refusing, limitedBy })))
    const results = await Promise.allSettled(all)
    return results.filter(({ status }) => status === 'fulfilled').length
  }
  expect(await tries('one', '192.0.2.2')).toBe(60)
  expect(await tries(({ trust }) => trust?.id ?? '', '192.0.2.3')).toBe(60)
  expect(await tries(null, '192.0.2.4')).toBe(70)
  const over = attempt({ ...ctx, ip: '192.0.2.2' }, login({ ...refusing, limitedBy: 'one' }))
  await expect(over).rejects.toBeInstanceOf(AppError)
})
