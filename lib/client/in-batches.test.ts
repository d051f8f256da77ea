import { describe, expect, test } from 'vitest'
import { inBatches } from './in-batches'

const items = Array.from({ length: 120 }, (_, at) => ({ number: at + 1 }))
const numbers = (from: number, to: number) => items.slice(from - 1, to).map(({ number }) => number)
const whole = (batch: readonly unknown[]) => ({ decided: batch.length, refused: [], stopped: null })

describe('deciding in batches', () => {
  test('adds up what each batch decided and refused', async () => {
    const refused = (number: number) => [{ number, reason: 'decided_already', message: 'Ada decided.' }]
    const decided = await inBatches(items, async (batch) => {
      const [first] = batch
      return { ...whole(batch.slice(1)), refused: refused(first?.number ?? 0) }
    })
    expect(decided).toEqual({ decided: 117, refused: [...refused(1), ...refused(51), ...refused(101)], stopped: null })
  })

  test('a batch that ended early ends all, and what later batches had is left', async () => {
    const stopped = { message: 'The database is gone.', unknown: 60, left: numbers(61, 100) }
    const decided = await inBatches(items, async (batch) =>
      batch[0]?.number === 51 ? { decided: 9, refused: [], stopped } : whole(batch),
    )
    expect(decided).toEqual({ decided: 59, refused: [], stopped: { ...stopped, left: numbers(61, 120) } })
  })

  test('what was decided before a request failed is told, with what is left', async () => {
    const decided = await inBatches(items, async (batch) => {
      if (batch[0]?.number === 101) throw new Error('No connection.')
      return whole(batch)
    })
    const stopped = { message: 'No connection.', unknown: null, left: numbers(101, 120) }
    expect(decided).toEqual({ decided: 100, refused: [], stopped })
  })

  test('where the first request fails, nothing is told but that', async () => {
    const failed = inBatches(items, () => Promise.reject(new Error('No connection.')))
    await expect(failed).rejects.toThrow('No connection.')
  })
})
