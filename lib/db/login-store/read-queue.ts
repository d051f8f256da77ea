import { batchQueue } from './batch-queue'

/**
 * Batches reads with `batchQueue`, and reads once what several requests ask for. Each request sees the state after it has asked.
 * @param read returns a result for each item, in order; null = not found
 */
export function readQueue<Asked, Found>(read: (asked: Asked[]) => Promise<(Found | null)[]>, itemsMax: number) {
  const queue = batchQueue<Asked, Found | null>(async (asked) => {
    const keys = asked.map((one) => JSON.stringify(one))
    const distinct = new Map(keys.map((key, at) => [key, asked[at] as Asked]))
    const found = await read([...distinct.values()])
    const byKey = new Map([...distinct.keys()].map((key, at) => [key, found[at] ?? null]))
    return keys.map((key) => byKey.get(key) ?? null)
  }, itemsMax)
  return queue.add
}
