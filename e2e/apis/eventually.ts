import { setTimeout as pause } from 'node:timers/promises'

/** Pauses between looks grow by a half, from the first to the last: what takes long is not looked at all the time. */
const pauseMs = { first: 20, last: 200 }

/** Looks again and again until what was awaited is there; what happens beside an answer is written a moment after it. */
export async function eventually<T>(
  look: () => Promise<T>,
  isThere: (found: T) => boolean,
  { seconds = 100 }: { seconds?: number } = {},
): Promise<T> {
  const endMs = performance.now() + seconds * 1000
  for (let waitMs = pauseMs.first; ; waitMs = Math.min(1.5 * waitMs, pauseMs.last)) {
    const found = await look()
    if (isThere(found) || performance.now() > endMs) return found
    await pause(waitMs)
  }
}
