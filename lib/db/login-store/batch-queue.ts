/** Writes, or reads, a group of items in one statement: an outcome for each, in order, or an `Error` for one that failed by itself. */
export type Commit<Item, Outcome> = (items: Item[]) => Promise<(Outcome | Error)[]>

type Waiting<Item, Outcome> = {
  item: Item
  resolve: (outcome: Outcome) => void
  reject: (error: unknown) => void
}

/**
 * Groups what is to be written or read: while one group is under way, the next one gathers. So a commit costs one login as much as
 * fifty, and nothing waits for a clock.
 * @param itemsMax of one group
 */
export function commitQueue<Item, Outcome>(commit: Commit<Item, Outcome>, itemsMax: number) {
  const waiting: Waiting<Item, Outcome>[] = []
  let running: Promise<void> | null = null

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting.splice(0, itemsMax)
      try {
        const outcomes = await commit(group.map(({ item }) => item))
        for (const [at, { resolve, reject }] of group.entries()) {
          const outcome = outcomes[at]
          if (outcome === undefined) reject(new TypeError('A commit gave no outcome.'))
          else if (outcome instanceof Error) reject(outcome)
          else resolve(outcome)
        }
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    running = null
  }

  return {
    /** Resolves with the outcome: what was written is durable then. */
    add(item: Item): Promise<Outcome> {
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject })
        // What arrives in the same turn of the event loop goes together.
        running ??= new Promise<void>((start) => void setImmediate(start)).then(run)
      })
    },
    /** Resolves when nothing is waiting any more. */
    async settled(): Promise<void> {
      await running
    },
  }
}
