import type { Reading } from './reading'

/** How long tokens of the issuer live, in seconds: as recorded, else as the preset says. Null = not known. */
export function lifeOf({ seen, preset }: Reading): { seconds: number; isSeen: boolean } | null {
  if (seen?.life) return { seconds: seen.life.greatest, isSeen: true }
  const seconds = preset?.lifetimeSeconds.usual ?? preset?.lifetimeSeconds.max
  return seconds === undefined ? null : { seconds, isSeen: false }
}

/** The longest life that tokens of the issuer can have, as far as it is known; seconds. */
export function longestLifeOf({ seen, preset }: Reading): number | null {
  const { usual, max } = preset?.lifetimeSeconds ?? {}
  const known = [seen?.life?.greatest, max ?? usual].filter((seconds) => seconds !== undefined)
  return known.length > 0 ? Math.max(...known) : null
}
