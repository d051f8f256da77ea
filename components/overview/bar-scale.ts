/** Logins of one day. */
export type LoginDay = { day: string; accepted: number; refused: number }

/** A bar in the chart's units: refused on top of accepted. */
export type Bar = { day: string; x: number; width: number; acceptedTop: number; refusedTop: number }

/** Rounds up to 1, 2, 5, 10, 20, 50 …, at least 5, for the axis. */
export function niceMax(count: number): number {
  if (count <= 5) return 5
  const power = 10 ** Math.floor(Math.log10(count))
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= count) ?? 10 * power
}

/** Returns the bars. A day with a login is at least one unit high, to differ from a day without. */
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
