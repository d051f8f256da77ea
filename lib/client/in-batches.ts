import type { DecidedItemsAnswer } from '@/lib/apis/admin/reviews/wire'

/** Items of one request. */
const batchItems = 50

/**
 * Decides on items in batches and tells of all what came of them, also where a later batch fails: what was decided before is not lost with it.
 * @throws what the first batch fails with
 */
export async function inBatches<Item extends { number: number }>(
  items: readonly Item[],
  decide: (batch: readonly Item[]) => Promise<DecidedItemsAnswer>,
): Promise<DecidedItemsAnswer> {
  const all: DecidedItemsAnswer = { decided: 0, refused: [], stopped: null }
  for (let at = 0; at < items.length && !all.stopped; at += batchItems) {
    try {
      const step = await decide(items.slice(at, at + batchItems))
      all.decided += step.decided
      all.refused.push(...step.refused)
      const { stopped } = step
      if (stopped) all.stopped = { ...stopped, left: [...stopped.left, ...numbersOf(items.slice(at + batchItems))] }
    } catch (error) {
      if (at === 0) throw error
      const message = error instanceof Error ? error.message : String(error)
      all.stopped = { message, unknown: null, left: numbersOf(items.slice(at)) }
    }
  }
  return all
}

const numbersOf = (items: readonly { number: number }[]) => items.map(({ number }) => number)
