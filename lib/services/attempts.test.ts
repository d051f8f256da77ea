import { describe, expect, test } from 'vitest'
import { AppError } from '@/lib/errors'
import { attempted, attempts, shareSpent, takeSpent } from './attempts'

const tooMany = (retryAfterSeconds: number) => ({ kind: 'too-many', retryAfterSeconds })

describe('a limit', () => {
  test('refuses one more than allowed, says when to come back, and does not touch other keys', async () => {
    const limit = attempts('tries', { name: 'test', points: 2, seconds: 60 })
    await limit.count('a')
    await limit.count('a')
    await expect(limit.count('a')).rejects.toMatchObject(tooMany(60))
    await limit.count('b')
  })

  test('begins again after its window, and when it is told to forget', async () => {
    let now = 0
    const limit = attempts('tries', { name: 'test', points: 1, seconds: 60 }, () => now)
    await limit.count('a')
    now = 59_999
    await expect(limit.count('a')).rejects.toMatchObject(tooMany(1))
    now = 60_000
    await limit.count('a')
    limit.forget('a')
    await limit.count('a')
  })

  test('remembers a bounded number of keys', async () => {
    const limit = attempts('tries', { name: 'test', points: 1, seconds: 60 })
    for (let key = 0; key < 100_000; key++) await limit.count(String(key))
    expect(limit.size()).toBeLessThanOrEqual(20_000)
  })
})

/** An attempt that ends when it is told to. */
function pending() {
  let end: (outcome: { accepted: boolean }) => void = () => undefined
  const outcome = new Promise<{ accepted: boolean }>((resolve) => {
    end = resolve
  })
  return { outcome, end }
}

const isRefused = ({ accepted }: { accepted: boolean }) => !accepted

describe('attempts made at once', () => {
  test('cannot pass a limit together: no more are judged than may be refused', async () => {
    const limit = attempts('tries', { name: 'test', points: 3, seconds: 60 })
    let judged = 0
    const all = Array.from({ length: 400 }, () =>
      attempted([[limit, 'a']], async () => ({ accepted: false, judged: ++judged }), isRefused),
    )
    const refusals = (await Promise.allSettled(all)).filter(({ status }) => status === 'rejected')
    expect([judged, refusals.length]).toEqual([3, 397])
  })

  test('that are right are none of them refused', async () => {
    const limit = attempts('tries', { name: 'test', points: 3, seconds: 60 })
    const all = Array.from({ length: 400 }, () =>
      attempted([[limit, 'a']], async () => {
        await new Promise(setImmediate)
        return { accepted: true }
      }),
    )
    expect(await Promise.all(all)).toHaveLength(400)
  })

  test('wait for one that may give its point back, and are refused when it does not', async () => {
    const limit = attempts('tries', { name: 'test', points: 1, seconds: 60 })
    const [first, second] = [pending(), pending()]
    const begun: string[] = []
    const running = [first, second].map(({ outcome }, at) =>
      attempted([[limit, 'a']], () => outcome.finally(() => begun.push(`${at}`)), isRefused),
    )
    second.end({ accepted: true })
    first.end({ accepted: false })
    await running[0]
    await expect(running[1]).rejects.toMatchObject({ kind: 'too-many' })
  })
})

describe('an attempt', () => {
  const afterwards = async (act: () => Promise<unknown>) => {
    const limit = attempts('tries', { name: 'test', points: 1, seconds: 60 })
    await attempted([[limit, 'a']], act).catch(() => undefined)
    return limit.count('a').then(
      () => 'free',
      () => 'spent',
    )
  }

  test.each([
    ['that succeeds', 'free', async () => undefined],
    ['that is refused', 'spent', () => Promise.reject(new AppError('unauthenticated', ''))],
    ['that the database did not answer', 'free', () => Promise.reject(new AppError('unavailable', ''))],
    ['that another limit refused', 'free', () => Promise.reject(new AppError('too-many', ''))],
    ['that failed by a fault of ours', 'free', () => Promise.reject(new TypeError(''))],
  ])('%s leaves its point %s', async (_, left, act) => {
    expect(await afterwards(act)).toBe(left)
  })

  test('that a wide limit refuses makes no key in a narrow one', async () => {
    const wide = attempts('tries', { name: 'test', points: 5, seconds: 60 })
    const narrow = attempts('tries', { name: 'test', points: 5, seconds: 60 })
    const refuse = () => Promise.reject(new AppError('unauthenticated', ''))
    for (let email = 0; email < 1_000; email++) {
      await attempted(
        [
          [wide, 'address'],
          [narrow, `${email}`],
        ],
        refuse,
      ).catch(() => undefined)
    }
    expect(narrow.size()).toBe(5)
  })

  test('that a narrow limit refuses costs nothing in the wide one', async () => {
    const wide = attempts('tries', { name: 'test', points: 2, seconds: 60 })
    const narrow = attempts('tries', { name: 'test', points: 1, seconds: 60 })
    const refuse = () => Promise.reject(new AppError('unauthenticated', ''))
    for (let time = 0; time < 5; time++)
      await attempted(
        [
          [wide, 'a'],
          [narrow, 'a'],
        ],
        refuse,
      ).catch(() => undefined)
    await wide.count('a')
  })
})

describe('of several processes', () => {
  test('points spent elsewhere count here until their window ends, and a key forgotten there is forgotten here', async () => {
    let now = 0
    const limit = attempts('tries', { name: 'shared', points: 2, seconds: 60 }, () => now)
    takeSpent({ limit: 'shared', key: 'a', cost: 1, leftMs: 30_000 })
    await limit.count('a')
    await expect(limit.count('a')).rejects.toMatchObject({ kind: 'too-many' })
    await limit.count('b')
    now = 30_000
    await limit.count('a')
    takeSpent({ limit: 'shared', key: 'a', cost: 1, leftMs: 60_000 })
    await expect(limit.count('a')).rejects.toMatchObject({ kind: 'too-many' })
    takeSpent({ limit: 'shared', key: 'a', cost: 0, leftMs: 0 })
    await limit.count('a')
  })

  test('a point is told when it is spent, not when it comes back', async () => {
    const told: unknown[] = []
    const endSharing = shareSpent((spent) => told.push(spent))
    const limit = attempts('tries', { name: 'told', points: 2, seconds: 60 }, () => 0)
    ;(await limit.hold('a')).giveBack()
    expect(told).toEqual([])
    ;(await limit.hold('a')).spend()
    limit.forget('a')
    expect(told).toEqual([
      { limit: 'told', key: 'a', cost: 1, leftMs: 60_000 },
      { limit: 'told', key: 'a', cost: 0, leftMs: 0 },
    ])
    endSharing()
    limit.forget('a')
    expect(told).toHaveLength(2)
  })
})
