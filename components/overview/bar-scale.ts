/** One day's logins. */
export type LoginDay = { day: string; accepted: number; refused: number }

/** A bar of the picture, in its own units: refused stands on top of accepted. */
export type Bar = { day: string; x: number; width: number; acceptedTop: number; refusedTop: number }

/** The roundest number at or above: 1, 2, 5, 10, 20, 50 … so that the axis can be read. Never below 5. */
export function niceMax(count: number): number {
  if (count <= 5) return 5
  const power = 10 ** Math.floor(Math.log10(count))
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= count) ?? 10 * power
}

/** Where the bars stand. A day with a login is never flatter than one unit, or it would look like none. */
export function toBars(days: readonly LoginDay[], { width, height }: { width: number; height: number }): Bar[] {
  const max = niceMax(Math.max(0, ...days.map(({ accepted, refused }) => accepted + refused)))
  const slot = width / Math.max(1, days.length)
  const tall = (count: number) => (count === 0 ? 0 : Math.max(1, (count / max) * height))
  return days.map(({ day, accepted, refused }, at) => {
    const acceptedTop = height - tall(accepted)
    return {
      day,
      x: at * slot + slot * 0.15,
      width: slot * 0.7,
      acceptedTop,
      refusedTop: Math.max(0, acceptedTop - tall(refused)),
    }
  })
}
