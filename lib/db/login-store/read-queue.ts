import { commitQueue } from './commit-queue'

/**
 * Groups what is to be read as `commitQueue` groups what is to be written, and asks once for what several requests ask for. Each
 * reads what is there after it has asked.
 * @param read answers what it was asked for, in that order; null = there is none
 */
export function readQueue<Asked, Found>(read: (asked: Asked[]) => Promise<(Found | null)[]>, itemsMax: number) {
  const queue = commitQueue<Asked, Found | null>(async (asked) => {
    const keys = asked.map((one) => JSON.stringify(one))
    const distinct = new Map(keys.map((key, at) => [key, asked[at] as Asked]))
    const found = await read([...distinct.values()])
    const byKey = new Map([...distinct.keys()].map((key, at) => [key, found[at] ?? null]))
    return keys.map((key) => byKey.get(key) ?? null)
  }, itemsMax)
  return queue.add
}
