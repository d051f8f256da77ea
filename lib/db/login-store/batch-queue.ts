/** Writes or reads a batch of items in one statement. Returns an outcome for each, in order, or an `Error` for one that failed by itself. */
export type RunBatch<Item, Outcome> = (items: Item[]) => Promise<(Outcome | Error)[]>

type Waiting<Item, Outcome> = {
  item: Item
  resolve: (outcome: Outcome) => void
  reject: (error: unknown) => void
}

/**
 * Batches writes or reads: while one batch runs, the next one is collected. So fifty logins cost as much as one, and no timer is
 * needed.
 * @param itemsMax maximum size of a batch
 */
export function batchQueue<Item, Outcome>(runBatch: RunBatch<Item, Outcome>, itemsMax: number) {
  const waiting: Waiting<Item, Outcome>[] = []
  let running: Promise<void> | null = null

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, itemsMax)
      try {
        const outcomes = await runBatch(batch.map(({ item }) => item))
        for (const [at, { resolve, reject }] of batch.entries()) {
          const outcome = outcomes[at]
          if (outcome === undefined) reject(new TypeError('A batch gave no outcome.'))
          else if (outcome instanceof Error) reject(outcome)
          else resolve(outcome)
        }
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    running = null
  }

  return {
    /** Resolves with the outcome of the item; a write is durable by then. */
    add(item: Item): Promise<Outcome> {
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject })
        // Items of the same turn of the event loop form one batch.
        running ??= new Promise<void>((start) => void setImmediate(start)).then(run)
      })
    },
    /** Resolves when no item is waiting. */
    async settled(): Promise<void> {
      await running
    },
  }
}
