import { beforeEach, expect, test, vi } from 'vitest'
import type { Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import type { Check, Verdict } from '@/lib/trust/engine/verdict'
import type { Trust } from '@/lib/trust/trust'
import type { Context } from '../context'
import { attempt, type Found, type Login, type Outcome, requireUnchanged } from './attempt'
import { recordDecision } from './record-decision'

vi.mock('./record-decision', () => ({ recordDecision: vi.fn() }))

const check: Check = { id: 'method', status: 'fail', title: 'Method', message: 'No.', trusted: false }
const accepted = { accepted: true, decisive: null, checks: [] } as unknown as Verdict
const refused = { accepted: false, decisive: check, checks: [] } as unknown as Verdict

/** The version of the trust that is stored, and a transaction that reads it and fails as often as it is told. */
let stored = 1
let failures: object[] = []
const tx = {
  trust: { count: async ({ where }: { where: { version: number } }) => (where.version === stored ? 1 : 0) },
} as unknown as Tx
const ctx = {
  ip: '192.0.2.1',
  db: {
    $transaction: async (act: (tx: Tx) => Promise<unknown>) => {
      const failure = failures.shift()
      if (failure) throw failure
      return act(tx)
    },
  },
} as unknown as Context

let steps: string[] = []
beforeEach(() => {
  stored = 1
  failures = []
  steps = []
  vi.mocked(recordDecision).mockReset()
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
      return async (tx, decide) => {
        if (trust) await requireUnchanged(tx, trust)
        await decide()
        return decisive ? { accepted: false, check: decisive } : { accepted: true }
      }
    },
    ...more,
  }
}

const removed = { code: 'P2025' }
const taken = { code: 'P2002' }

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
  expect(steps).toEqual(['find 1', 'judge by 1', 'find 2', 'judge by 2'])
  expect(recordDecision).toHaveBeenCalledOnce()
})

test('a login whose trust was removed while it was judged is refused and recorded like one without a trust', async () => {
  failures = [removed]
  const outcome = await attempt(ctx, login({ withoutRemoved: (found) => ({ ...found, trust: null }) }))
  expect(outcome).toEqual({ accepted: false, check })
  expect(steps).toEqual(['find 1', 'judge by 1', 'judge by nothing'])
  expect(recordDecision).toHaveBeenCalledExactlyOnceWith(tx, ctx, {
    ...{ organizationId: 'o', identity: null, trust: null, method: 'jwt', token: 'x', verdict: refused },
  })
})

test('where nothing is said of what was removed, the login ends with the error', async () => {
  failures = [removed]
  await expect(attempt(ctx, login())).rejects.toMatchObject({ kind: 'not-found' })
})

test('a login that meets another one adding the same row settles again, three times at most', async () => {
  failures = [taken, taken]
  expect(await attempt(ctx, login())).toEqual({ accepted: true })
  expect(steps).toEqual(['find 1', 'judge by 1'])
  failures = [taken, taken, taken]
  await expect(attempt(ctx, login())).rejects.toBe(taken)
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
