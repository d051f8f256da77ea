import { setTimeout as pause } from 'node:timers/promises'

/** Looks again and again until what was awaited is there; what happens beside an answer is written a moment after it. */
export async function eventually<T>(
  look: () => Promise<T>,
  isThere: (found: T) => boolean,
  { seconds = 100 }: { seconds?: number } = {},
): Promise<T> {
  const endMs = performance.now() + seconds * 1000
  for (;;) {
    const found = await look()
    if (isThere(found) || performance.now() > endMs) return found
    await pause(25)
  }
}
